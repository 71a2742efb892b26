// flags: --layout plain
// expect: error 1
// message: NameError: name 'undefined' is not defined
func main() {
    %{ print(undefined) %}
    [ap] = 1, ap++;
    ret;
}
