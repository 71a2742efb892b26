// flags: --layout starknet_with_keccak
// compile: --no_debug_info
// expect: ok
%builtins keccak

func main{keccak_ptr: felt*}() {
    return ();
}
