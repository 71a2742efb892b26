// flags: --layout plain
// expect: error 1
// message: Builtins {'range_check'} are not present in layout "plain"
%builtins range_check

func main{range_check_ptr: felt*}() {
    return ();
}
