// A number below zero is no address.
// flags: --layout plain
// expect: error 1
func main() {
    %{ memory[-5] %}
    ret;
}
