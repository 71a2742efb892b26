// flags: --layout small
// expect: error 1
// message: Builtins {'bitwise'} are not present in layout "small"
%builtins bitwise

func main{bitwise_ptr: felt*}() {
    return ();
}
