// The value is checked when it is written, whatever the flags.
// flags: --layout small --no_secure_run
// expect: error 1
// message: in range check builtin 0, is out of range
%builtins range_check

func main(range_check_ptr: felt*) -> (range_check_ptr: felt*) {
    assert range_check_ptr[0] = 2 ** 128;
    return (range_check_ptr=range_check_ptr + 1);
}
