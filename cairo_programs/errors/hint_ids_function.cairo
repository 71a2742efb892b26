// A function can't be assigned to.
// flags: --layout plain
// expect: error 1
func main() {
    %{ ids.main = 4 %}
    ret;
}
