// flags: --layout small
// expect: error 1
// message: Missing memory cells for range_check.
%builtins range_check

func main(range_check_ptr: felt*) -> (range_check_ptr: felt*) {
    assert range_check_ptr[0] = 1;
    assert range_check_ptr[2] = 1;
    return (range_check_ptr=range_check_ptr + 3);
}
