// A hint adds a deduction rule for its own segment.
// flags: --layout plain
// expect: ok
func main() {
    alloc_locals;
    local squares: felt*;
    %{
        ids.squares = segments.add()

        def square(vm, addr, memory):
            return addr.offset ** 2

        vm_add_auto_deduction_rule(ids.squares.segment_index, lambda vm, addr: addr.offset ** 2)
    %}
    tempvar a = squares[5];
    tempvar b = squares[12];
    assert a = 25;
    assert b = 144;
    ret;
}
