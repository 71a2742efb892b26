// flags: --layout recursive
// expect: error 1
// message: Builtins {'ecdsa'} are not present in layout "recursive"
%builtins ecdsa

func main{ecdsa_ptr: felt*}() {
    return ();
}
