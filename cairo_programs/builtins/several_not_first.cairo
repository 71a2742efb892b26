// Builtins from the middle of the list of the layout, two left out between.
// flags: --layout starknet
// compile: --no_debug_info
// expect: ok
%builtins pedersen bitwise poseidon

func main{pedersen_ptr: felt*, bitwise_ptr: felt*, poseidon_ptr: felt*}() {
    assert pedersen_ptr[0] = 1;
    assert pedersen_ptr[1] = 2;
    assert poseidon_ptr[0] = pedersen_ptr[2];
    assert poseidon_ptr[1] = 0;
    assert poseidon_ptr[2] = 0;
    assert bitwise_ptr[0] = 2 ** 250;
    assert bitwise_ptr[1] = 1;
    [ap] = [poseidon_ptr + 5], ap++;
    let pedersen_ptr = pedersen_ptr + 3;
    let bitwise_ptr = bitwise_ptr + 5;
    let poseidon_ptr = poseidon_ptr + 6;
    return ();
}
