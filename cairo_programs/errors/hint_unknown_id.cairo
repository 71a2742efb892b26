// flags: --layout plain
// expect: error 1
// message: Unknown identifier 'nobody'.
func main() {
    %{ print(ids.nobody) %}
    [ap] = 1, ap++;
    ret;
}
