// flags: --layout recursive
// expect: error 1
// message: bitwise builtin: Expected integer at address 2:1 to be smaller than 2^251.
%builtins bitwise

func main(bitwise_ptr: felt*) -> (bitwise_ptr: felt*) {
    assert bitwise_ptr[0] = 2 ** 251 - 1;
    assert bitwise_ptr[1] = 2 ** 251;
    [ap] = [bitwise_ptr + 2], ap++;
    return (bitwise_ptr=bitwise_ptr + 5);
}
