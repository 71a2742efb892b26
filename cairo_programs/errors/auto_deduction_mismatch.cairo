// A deduction rule that disagrees with memory is found at the end of the run.
// flags: --layout plain
// expect: error 1
func main() {
    alloc_locals;
    local p: felt*;
    %{
        ids.p = segments.add()
        vm_add_auto_deduction_rule(ids.p.segment_index, lambda vm, addr: 6)
    %}
    assert p[0] = 6;
    %{ memory[ids.p + 1] = 7 %}
    [ap] = 1, ap++;
    ret;
}
