// Nothing was written at a number.
// flags: --layout plain
// expect: error 1
func main() {
    %{ memory[5] %}
    ret;
}
