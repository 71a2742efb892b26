// flags: --layout plain
// expect: error 1
// message: ValueError
func main() {
    %{ memory[ap] = 3.5 %}
    [ap] = 3, ap++;
    ret;
}
