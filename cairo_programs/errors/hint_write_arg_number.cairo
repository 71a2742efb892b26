// A number is no list of arguments.
// flags: --layout plain
// expect: error 1
func main() {
    %{ segments.write_arg(segments.add(), 5) %}
    ret;
}
