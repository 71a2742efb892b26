// An output is read before all inputs are there.
// flags: --layout starknet
// expect: error 1
// message: Unknown value for memory cell at address 2:3.
%builtins poseidon

func main(poseidon_ptr: felt*) -> (poseidon_ptr: felt*) {
    assert poseidon_ptr[0] = 1;
    [ap] = [poseidon_ptr + 3], ap++;
    return (poseidon_ptr=poseidon_ptr + 6);
}
