// An address is no number.
// flags: --layout plain
// expect: error 1
func main() {
    %{ int(fp) %}
    ret;
}
