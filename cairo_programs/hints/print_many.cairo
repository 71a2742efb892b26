// Output of many hints in order, one longer than any buffer.
// flags: --layout plain
// expect: ok
func main() {
    [ap] = 20, ap++;
    loop:
    %{ print('round', memory[ap - 1], 'x' * (memory[ap - 1] ** 3)) %}
    [ap] = [ap - 1] - 1, ap++;
    jmp loop if [ap - 1] != 0;
    ret;
}
