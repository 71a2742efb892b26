// The range check's numbers are in a segment of the program's own, and it returns a pointer there.
// flags: --layout small
// expect: error 1
// message: Invalid stop pointer for range_check
%builtins range_check

func main(range_check_ptr: felt*) -> (range_check_ptr: felt*) {
    alloc_locals;
    local own: felt*;
    %{ ids.own = segments.add() %}
    assert own[0] = 2 ** 200;
    return (range_check_ptr=own + 1);
}
