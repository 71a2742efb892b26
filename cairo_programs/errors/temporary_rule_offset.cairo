// A rule is for a whole segment.
// flags: --layout plain
// expect: error 1
func main() {
    %{
        real = segments.add()
        memory.add_relocation_rule(src_ptr=segments.add_temp_segment() + 1, dest_ptr=real + 1)
    %}
    ret;
}
