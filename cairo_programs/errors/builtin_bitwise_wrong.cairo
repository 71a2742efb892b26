// flags: --layout recursive
// expect: error 1
// message: An ASSERT_EQ instruction failed: 8 != 9.
%builtins bitwise

func main(bitwise_ptr: felt*) -> (bitwise_ptr: felt*) {
    assert bitwise_ptr[0] = 12;
    assert bitwise_ptr[1] = 5;
    assert bitwise_ptr[3] = 8;
    return (bitwise_ptr=bitwise_ptr + 5);
}
