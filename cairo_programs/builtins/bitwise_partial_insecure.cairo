// An instance with an input missing: allowed where nothing is checked.
// flags: --layout recursive --no_secure_run
// compile: --no_debug_info
// expect: ok
%builtins bitwise

func main(bitwise_ptr: felt*) -> (bitwise_ptr: felt*) {
    assert bitwise_ptr[0] = 1;
    return (bitwise_ptr=bitwise_ptr + 5);
}
