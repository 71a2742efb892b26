// flags: --layout plain
// expect: error 1
// message: AssertionError: 3 is odd
func main() {
    [ap] = 3, ap++;
    %{ assert memory[ap - 1] % 2 == 0, f'{memory[ap - 1]} is odd' %}
    [ap] = 2, ap++;
    ret;
}
