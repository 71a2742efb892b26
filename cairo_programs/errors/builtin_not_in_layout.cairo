// flags: --layout plain
// expect: error 1
// message: Builtins {'output'} are not present in layout "plain"
%builtins output

func main{output_ptr: felt*}() {
    return ();
}
