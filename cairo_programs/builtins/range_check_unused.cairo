// flags: --layout all_solidity
// compile: --no_debug_info
// expect: ok
%builtins range_check

func main{range_check_ptr}() {
    return ();
}
