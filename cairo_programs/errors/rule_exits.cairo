// A rule ends the process while an instruction runs.
// flags: --layout plain
// expect: error 9
func main() {
    alloc_locals;
    local p: felt*;
    %{
        ids.p = segments.add()

        def leave(vm, addr):
            print('leaving')
            raise SystemExit(9)

        vm_add_auto_deduction_rule(ids.p.segment_index, leave)
    %}
    tempvar six = p[0];
    ret;
}
