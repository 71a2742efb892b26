// A deduction rule that fails for a cell nobody asked about, at the end of the run.
// flags: --layout plain
// expect: error 1
// message: not for 4:2
func main() {
    alloc_locals;
    local p: felt*;
    %{
        ids.p = segments.add()

        def fail(vm, addr):
            raise ValueError(f'not for {addr}')

        vm_add_auto_deduction_rule(ids.p.segment_index, fail)
        memory[ids.p + 2] = 1
    %}
    ret;
}
