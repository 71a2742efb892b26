// What a deduction rule gives goes to memory, which does not take a text.
// flags: --layout plain
// expect: error 1
func main() {
    alloc_locals;
    local p: felt*;
    %{
        ids.p = segments.add()
        vm_add_auto_deduction_rule(ids.p.segment_index, lambda vm, addr: 'six')
    %}
    tempvar six = p[0];
    ret;
}
