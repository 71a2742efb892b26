// An input of the Poseidon builtin is a pointer, and nothing asks for its outputs.
// flags: --layout starknet --proof_mode
// compile: --proof_mode
// expect: ok
%builtins poseidon

func main(poseidon_ptr: felt*) -> (poseidon_ptr: felt*) {
    assert poseidon_ptr[0] = cast(poseidon_ptr, felt);
    assert poseidon_ptr[1] = 2;
    assert poseidon_ptr[2] = 3;
    return (poseidon_ptr=poseidon_ptr + 6);
}

// suite: record = ["stdout", "stderr", "trace", "memory"]
