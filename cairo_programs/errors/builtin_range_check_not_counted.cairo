// A cell behind the stop pointer.
// flags: --layout small
// expect: error 1
// message: Invalid stop pointer for range_check. Expected: 2:3, found: 2:1
%builtins range_check

func main(range_check_ptr: felt*) -> (range_check_ptr: felt*) {
    assert range_check_ptr[0] = 1;
    assert range_check_ptr[2] = 1;
    return (range_check_ptr=range_check_ptr + 1);
}
