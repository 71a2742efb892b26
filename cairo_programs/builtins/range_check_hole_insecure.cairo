// Holes between the instances: allowed where nothing is checked.
// flags: --layout small --no_secure_run
// compile: --no_debug_info
// expect: ok
%builtins range_check

func main(range_check_ptr: felt*) -> (range_check_ptr: felt*) {
    assert range_check_ptr[1] = 1;
    assert range_check_ptr[5] = 5;
    return (range_check_ptr=range_check_ptr + 6);
}
