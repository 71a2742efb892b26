// flags: --layout starknet_with_keccak
// expect: error 1
// message: Builtins {'range_check96'} are not present in layout "starknet_with_keccak"
%builtins range_check96

func main{range_check96_ptr: felt*}() {
    return ();
}
