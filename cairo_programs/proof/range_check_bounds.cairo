// The smallest and largest parts of 16 bits, which the public input names.
// flags: --layout small --proof_mode
// compile: --proof_mode
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

// suite: record = ["stdout", "stderr", "trace", "memory"]
