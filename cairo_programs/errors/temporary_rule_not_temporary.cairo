// A real segment is no source of a rule.
// flags: --layout plain
// expect: error 1
func main() {
    %{
        real = segments.add()
        memory.add_relocation_rule(src_ptr=segments.add(), dest_ptr=real + 1)
    %}
    ret;
}
