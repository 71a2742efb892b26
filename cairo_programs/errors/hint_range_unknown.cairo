// A range of cells of which one is not set.
// flags: --layout plain
// expect: error 1
func main() {
    %{ memory.get_range(fp - 2, 5) %}
    ret;
}
