// A builtin that the layout lacks is allowed in proof mode: its pointer is zero.
// flags: --layout recursive --proof_mode
// compile: --proof_mode
// expect: ok
%builtins output ecdsa

func main(output_ptr: felt*, ecdsa_ptr: felt*) -> (output_ptr: felt*, ecdsa_ptr: felt*) {
    assert output_ptr[0] = cast(ecdsa_ptr, felt);
    return (output_ptr=output_ptr + 1, ecdsa_ptr=ecdsa_ptr);
}

// suite: record = ["stdout", "stderr", "trace", "memory"]
