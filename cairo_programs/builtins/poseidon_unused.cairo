// flags: --layout starknet_with_keccak
// compile: --no_debug_info
// expect: ok
%builtins poseidon

func main{poseidon_ptr: felt*}() {
    return ();
}
