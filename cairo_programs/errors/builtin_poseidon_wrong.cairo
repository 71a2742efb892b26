// flags: --layout starknet
// expect: error 1
// message: An ASSERT_EQ instruction failed: 0 != 2233832504250924383748553933071188903279928981104663696710686541536735838182.
%builtins poseidon

func main(poseidon_ptr: felt*) -> (poseidon_ptr: felt*) {
    assert poseidon_ptr[0] = 1;
    assert poseidon_ptr[1] = 2;
    assert poseidon_ptr[2] = 3;
    assert poseidon_ptr[4] = 0;
    return (poseidon_ptr=poseidon_ptr + 6);
}
