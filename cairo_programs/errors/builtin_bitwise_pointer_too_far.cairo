// The stop pointer is one instance too far.
// flags: --layout recursive
// expect: error 1
// message: Invalid stop pointer for bitwise. Expected: 2:5, found: 2:10
%builtins bitwise

func main(bitwise_ptr: felt*) -> (bitwise_ptr: felt*) {
    assert bitwise_ptr[0] = 1;
    assert bitwise_ptr[1] = 2;
    return (bitwise_ptr=bitwise_ptr + 10);
}
