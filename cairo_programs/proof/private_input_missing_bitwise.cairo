// An instance of the bitwise builtin lacks its first input.
// flags: --layout recursive --proof_mode
// compile: --proof_mode
// expect: ok
%builtins bitwise

func main(bitwise_ptr: felt*) -> (bitwise_ptr: felt*) {
    assert bitwise_ptr[1] = 2;
    return (bitwise_ptr=bitwise_ptr + 5);
}

// suite: record = ["stdout", "stderr", "trace", "memory"]
