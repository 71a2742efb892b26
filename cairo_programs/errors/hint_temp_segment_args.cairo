// A rule for a temporary segment needs an address to go to.
// flags: --layout plain
// expect: error 1
func main() {
    %{ memory.add_relocation_rule(5, ap) %}
    ret;
}
