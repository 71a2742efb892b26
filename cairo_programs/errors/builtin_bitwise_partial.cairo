// An instance with an input missing.
// flags: --layout recursive
// expect: error 1
// message: Missing memory cells for bitwise.
%builtins bitwise

func main(bitwise_ptr: felt*) -> (bitwise_ptr: felt*) {
    assert bitwise_ptr[0] = 1;
    return (bitwise_ptr=bitwise_ptr + 5);
}
