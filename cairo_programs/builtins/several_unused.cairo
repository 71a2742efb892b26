// All eight builtins, none of them used.
// flags: --layout starknet_with_keccak
// compile: --no_debug_info
// expect: ok
%builtins output pedersen range_check ecdsa bitwise ec_op keccak poseidon

func main{
    output_ptr: felt*,
    pedersen_ptr: felt*,
    range_check_ptr: felt*,
    ecdsa_ptr: felt*,
    bitwise_ptr: felt*,
    ec_op_ptr: felt*,
    keccak_ptr: felt*,
    poseidon_ptr: felt*,
}() {
    return ();
}
