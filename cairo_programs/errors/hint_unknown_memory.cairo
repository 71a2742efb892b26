// flags: --layout plain
// expect: error 1
// message: Unknown value for memory cell at address 1:7.
func main() {
    %{ memory[fp + 5] %}
    [ap] = 1, ap++;
    ret;
}
