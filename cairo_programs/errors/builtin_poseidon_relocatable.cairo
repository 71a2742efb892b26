// flags: --layout starknet
// expect: error 1
// message: poseidon builtin: Expected integer at address 2:2. Got: 2:0.
%builtins poseidon

func main(poseidon_ptr: felt*) -> (poseidon_ptr: felt*) {
    assert poseidon_ptr[0] = 1;
    assert poseidon_ptr[1] = 2;
    assert poseidon_ptr[2] = cast(poseidon_ptr, felt);
    [ap] = [poseidon_ptr + 4], ap++;
    return (poseidon_ptr=poseidon_ptr + 6);
}
