// None can't be stored.
// flags: --layout plain
// expect: error 1
func main() {
    tempvar x = 1;
    %{ ids.x = None %}
    ret;
}
