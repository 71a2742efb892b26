// flags: --layout all_solidity
// compile: --no_debug_info
// expect: ok
%builtins bitwise

func main{bitwise_ptr: felt*}() {
    return ();
}
