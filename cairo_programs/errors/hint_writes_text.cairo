// flags: --layout plain
// expect: error 1
// message: TypeError
func main() {
    %{ memory[ap] = '3' %}
    [ap] = 3, ap++;
    ret;
}
