// flags: --layout all_solidity
// compile: --no_debug_info
// expect: ok
%builtins ec_op

func main{ec_op_ptr: felt*}() {
    return ();
}
