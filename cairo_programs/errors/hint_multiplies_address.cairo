// An address can't be multiplied.
// flags: --layout plain
// expect: error 1
func main() {
    %{ fp * 2 %}
    ret;
}
