// The sizes of segments are known at the end.
// flags: --layout plain
// expect: error 1
func main() {
    %{ segments.compute_effective_sizes() %}
    ret;
}
