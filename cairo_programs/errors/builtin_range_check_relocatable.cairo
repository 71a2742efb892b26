// flags: --layout small
// expect: error 1
// message: Range-check builtin: Expected value at address 2:0 to be an integer. Got: 2:0.
%builtins range_check

func main(range_check_ptr: felt*) -> (range_check_ptr: felt*) {
    assert [range_check_ptr] = cast(range_check_ptr, felt);
    return (range_check_ptr=range_check_ptr + 1);
}
