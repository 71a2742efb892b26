// The least and the greatest value that are allowed.
// flags: --layout small
// compile: --no_debug_info
// expect: ok
%builtins range_check

func main(range_check_ptr: felt*) -> (range_check_ptr: felt*) {
    assert range_check_ptr[0] = 0;
    assert range_check_ptr[1] = 1;
    assert range_check_ptr[2] = 2 ** 128 - 1;
    assert range_check_ptr[3] = 2 ** 64;
    assert range_check_ptr[4] = range_check_ptr[2] - range_check_ptr[3];
    return (range_check_ptr=range_check_ptr + 5);
}
