// The size of a segment is known at the end.
// flags: --layout plain
// expect: error 1
func main() {
    %{ segments.get_segment_used_size(1) %}
    ret;
}
