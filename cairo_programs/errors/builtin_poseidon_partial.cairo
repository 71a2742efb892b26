// An instance with an input missing.
// flags: --layout recursive_with_poseidon
// expect: error 1
// message: Missing memory cells for poseidon.
%builtins poseidon

func main(poseidon_ptr: felt*) -> (poseidon_ptr: felt*) {
    assert poseidon_ptr[0] = 1;
    assert poseidon_ptr[1] = 1;
    return (poseidon_ptr=poseidon_ptr + 6);
}
