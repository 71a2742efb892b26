// The stop pointer is one instance too far.
// flags: --layout recursive_with_poseidon
// expect: error 1
// message: Invalid stop pointer for poseidon. Expected: 2:6, found: 2:12
%builtins poseidon

func main(poseidon_ptr: felt*) -> (poseidon_ptr: felt*) {
    assert poseidon_ptr[0] = 1;
    assert poseidon_ptr[1] = 2;
    assert poseidon_ptr[2] = 3;
    return (poseidon_ptr=poseidon_ptr + 12);
}
