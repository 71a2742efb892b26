// Fewer steps than the program takes, with a builtin.
// flags: --layout small --steps 3
// expect: error 1
// message: End of program was not reached
%builtins range_check

func main(range_check_ptr: felt*) -> (range_check_ptr: felt*) {
    assert range_check_ptr[0] = 1;
    return (range_check_ptr=range_check_ptr + 1);
}
