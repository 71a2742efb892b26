// flags: --layout small
// expect: error 1
// message: Value 340282366920938463463374607431768211456, in range check builtin 1, is out of range [0, 340282366920938463463374607431768211456).
%builtins range_check

func main(range_check_ptr: felt*) -> (range_check_ptr: felt*) {
    assert range_check_ptr[0] = 1;
    assert range_check_ptr[1] = 2 ** 128;
    return (range_check_ptr=range_check_ptr + 2);
}
