// flags: --layout small --allow_missing_builtins
// expect: error 1
// message: The stop pointer of the missing builtin "bitwise" must be 0.
%builtins bitwise

func main(bitwise_ptr: felt*) -> (bitwise_ptr: felt*) {

    return (bitwise_ptr=bitwise_ptr + 5);
}
