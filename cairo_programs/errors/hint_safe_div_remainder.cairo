// A division that leaves a remainder.
// flags: --layout plain
// expect: error 1
func main() {
    %{ safe_div(7, 2) %}
    ret;
}
