// The missing builtin is used: its pointer is 0.
// flags: --layout small --allow_missing_builtins
// expect: error 1
// message: Expected memory address to be relocatable value. Found: 0.
%builtins bitwise

func main(bitwise_ptr: felt*) -> (bitwise_ptr: felt*) {
    assert bitwise_ptr[0] = 1;
    return (bitwise_ptr=bitwise_ptr + 5);
}
