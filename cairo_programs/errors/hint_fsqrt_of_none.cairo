// Three has no root in the field.
// flags: --layout plain
// expect: error 1
func main() {
    %{ fsqrt(3) %}
    ret;
}
