// The flag does nothing to a builtin that the layout has.
// flags: --layout small --allow_missing_builtins
// compile: --no_debug_info
// expect: ok
%builtins range_check

func main(range_check_ptr: felt*) -> (range_check_ptr: felt*) {
    assert range_check_ptr[0] = 1;
    return (range_check_ptr=range_check_ptr + 1);
}
