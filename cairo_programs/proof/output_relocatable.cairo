// Addresses in the public memory.
// flags: --layout small --proof_mode
// compile: --proof_mode
// expect: ok
%builtins output range_check

func main(output_ptr: felt*, range_check_ptr) -> (output_ptr: felt*, range_check_ptr: felt) {
    assert output_ptr[0] = range_check_ptr;
    assert output_ptr[1] = -1;
    return (output_ptr=output_ptr + 2, range_check_ptr=range_check_ptr);
}

// suite: record = ["stdout", "stderr", "trace", "memory"]
