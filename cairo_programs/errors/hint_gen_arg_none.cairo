// None is no argument, and no list.
// flags: --layout plain
// expect: error 1
func main() {
    %{ memory[ap] = segments.gen_arg(None) %}
    ret;
}
