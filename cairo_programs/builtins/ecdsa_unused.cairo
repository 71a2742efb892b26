// flags: --layout dex
// compile: --no_debug_info
// expect: ok
%builtins ecdsa

func main{ecdsa_ptr: felt*}() {
    return ();
}
