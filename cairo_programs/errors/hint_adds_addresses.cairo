// Two addresses have no sum.
// flags: --layout plain
// expect: error 1
func main() {
    %{ pc + fp %}
    ret;
}
