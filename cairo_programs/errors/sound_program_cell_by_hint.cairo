// A hint writes behind the program, as if the cell were code.
// flags: --layout plain
// expect: error 1
// message: Out of bounds access to program segment at 0:1
func main() {
    %{ memory[pc + 1] = 0x208b7fff7fff7ffe %}
    ret;
}
