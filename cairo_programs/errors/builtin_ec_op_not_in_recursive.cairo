// flags: --layout recursive
// expect: error 1
// message: Builtins {'ec_op'} are not present in layout "recursive"
%builtins ec_op

func main{ec_op_ptr: felt*}() {
    return ();
}
