// flags: --layout plain
// expect: error 1
// message: Builtins {'pedersen'} are not present in layout "plain"
%builtins pedersen

func main{pedersen_ptr: felt*}() {
    return ();
}
