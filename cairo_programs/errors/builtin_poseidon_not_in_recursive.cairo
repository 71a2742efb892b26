// flags: --layout recursive
// expect: error 1
// message: Builtins {'poseidon'} are not present in layout "recursive"
%builtins poseidon

func main{poseidon_ptr: felt*}() {
    return ();
}
