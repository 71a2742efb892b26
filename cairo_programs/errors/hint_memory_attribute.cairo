// Memory has no such attribute.
// flags: --layout plain
// expect: error 1
func main() {
    %{ memory.nothing_of_the_kind %}
    ret;
}
