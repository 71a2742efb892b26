// flags: --layout recursive_with_poseidon
// compile: --no_debug_info
// expect: ok
%builtins pedersen

func main{pedersen_ptr: felt*}() {
    return ();
}
