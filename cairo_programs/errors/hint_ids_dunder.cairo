// Names with two underscores are no identifiers.
// flags: --layout plain
// expect: error 1
func main() {
    %{ ids.__secret %}
    ret;
}
