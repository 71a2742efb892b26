// flags: --layout starknet
// expect: error 1
// message: bitwise builtin: Expected integer at address 2:0. Got: 2:0.
%builtins bitwise

func main(bitwise_ptr: felt*) -> (bitwise_ptr: felt*) {
    assert bitwise_ptr[0] = cast(bitwise_ptr, felt);
    assert bitwise_ptr[1] = 1;
    [ap] = [bitwise_ptr + 4], ap++;
    return (bitwise_ptr=bitwise_ptr + 5);
}
