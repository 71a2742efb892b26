// An instance of the Poseidon builtin lacks its second input.
// flags: --layout starknet --proof_mode
// compile: --proof_mode
// expect: ok
%builtins poseidon

func main(poseidon_ptr: felt*) -> (poseidon_ptr: felt*) {
    assert poseidon_ptr[0] = 1;
    assert poseidon_ptr[2] = 3;
    return (poseidon_ptr=poseidon_ptr + 6);
}

// suite: record = ["stdout", "stderr", "trace", "memory"]
