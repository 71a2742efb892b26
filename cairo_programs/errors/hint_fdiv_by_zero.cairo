// Nothing divided by zero is a field element.
// flags: --layout plain
// expect: error 1
func main() {
    %{ fdiv(1, 0) %}
    ret;
}
