// A number below zero is no address to write to.
// flags: --layout plain
// expect: error 1
func main() {
    %{ memory[-5] = 1 %}
    ret;
}
