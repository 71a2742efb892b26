// flags: --layout starknet
// expect: error 1
// message: Builtins {'keccak'} are not present in layout "starknet"
%builtins keccak

func main{keccak_ptr: felt*}() {
    return ();
}
