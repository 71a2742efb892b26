// The stop pointer is the start: the instance is not counted.
// flags: --layout recursive
// expect: error 1
// message: Invalid stop pointer for bitwise. Expected: 2:5, found: 2:0
%builtins bitwise

func main(bitwise_ptr: felt*) -> (bitwise_ptr: felt*) {
    assert bitwise_ptr[0] = 1;
    assert bitwise_ptr[1] = 2;
    return (bitwise_ptr=bitwise_ptr);
}
