// Without --program_input the hints see an empty dictionary.
// flags: --layout plain
// expect: ok
func main() {
    %{ print(program_input, type(program_input).__name__, program_input.get('n', 'none')) %}
    [ap] = 1, ap++;
    ret;
}
