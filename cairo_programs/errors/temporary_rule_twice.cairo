// A segment has one rule.
// flags: --layout plain
// expect: error 1
func main() {
    %{
        real = segments.add()
        early = segments.add_temp_segment()
        memory.add_relocation_rule(src_ptr=early, dest_ptr=real)
        memory.add_relocation_rule(src_ptr=early, dest_ptr=real + 1)
    %}
    ret;
}
