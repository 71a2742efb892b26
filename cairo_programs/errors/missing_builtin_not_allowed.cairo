// flags: --layout small --allow_missing_builtins False
// expect: error 1
// message: Builtins {'bitwise'} are not present in layout
%builtins bitwise

func main{bitwise_ptr: felt*}() {
    return ();
}
