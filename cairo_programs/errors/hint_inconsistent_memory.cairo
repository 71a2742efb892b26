// flags: --layout plain
// expect: error 1
// message: Inconsistent memory assignment at address 1:2. 3 != 4.
func main() {
    [ap] = 3, ap++;
    %{ memory[ap - 1] = 4 %}
    [ap] = 1, ap++;
    ret;
}
