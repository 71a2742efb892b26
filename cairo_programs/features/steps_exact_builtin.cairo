// Exactly as many steps as the program takes, with a builtin.
// flags: --layout small --steps 4
// compile: --no_debug_info
// expect: ok
%builtins range_check

func main(range_check_ptr: felt*) -> (range_check_ptr: felt*) {
    assert range_check_ptr[0] = 1;
    return (range_check_ptr=range_check_ptr + 1);
}
