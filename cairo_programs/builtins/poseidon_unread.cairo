// Only the second of the three results is read, of the last instance none.
// flags: --layout recursive_large_output
// compile: --no_debug_info
// expect: ok
%builtins poseidon

func main(poseidon_ptr: felt*) -> (poseidon_ptr: felt*) {
    assert poseidon_ptr[0] = 5;
    assert poseidon_ptr[1] = 6;
    assert poseidon_ptr[2] = 7;
    [ap] = [poseidon_ptr + 4], ap++;
    assert poseidon_ptr[6] = 8;
    assert poseidon_ptr[7] = 9;
    assert poseidon_ptr[8] = 10;
    return (poseidon_ptr=poseidon_ptr + 12);
}
