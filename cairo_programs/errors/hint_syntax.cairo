// A syntax error in a hint that is never run: nothing runs, nothing is printed.
// flags: --layout plain
// expect: error 1
// message: Got an exception while compiling a hint.
func main() {
    %{ print('this is not printed') %}
    [ap] = 1, ap++;
    jmp over;
    %{ this is ( not Python %}
    [ap] = 2, ap++;
    over:
    ret;
}
