// A text is no address.
// flags: --layout plain
// expect: error 1
func main() {
    %{ memory['five'] %}
    ret;
}
