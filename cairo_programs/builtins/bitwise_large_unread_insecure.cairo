// An input that is too large, the results unread: nobody notices where nothing is checked.
// flags: --layout recursive_with_poseidon --no_secure_run
// compile: --no_debug_info
// expect: ok
%builtins bitwise

func main(bitwise_ptr: felt*) -> (bitwise_ptr: felt*) {
    assert bitwise_ptr[0] = 2 ** 251;
    assert bitwise_ptr[1] = 3;
    return (bitwise_ptr=bitwise_ptr + 5);
}
