// An instance of the bitwise builtin lacks its second input.
// flags: --layout recursive --proof_mode
// compile: --proof_mode
// expect: ok
%builtins bitwise

func main(bitwise_ptr: felt*) -> (bitwise_ptr: felt*) {
    assert bitwise_ptr[0] = 1;
    return (bitwise_ptr=bitwise_ptr + 5);
}

// suite: record = ["stdout", "stderr", "trace", "memory"]
