// An output is read before all inputs are there.
// flags: --layout starknet_with_keccak
// expect: error 1
// message: Unknown value for memory cell at address 2:8.
%builtins keccak

func main(keccak_ptr: felt*) -> (keccak_ptr: felt*) {
    assert keccak_ptr[0] = 1;
    [ap] = [keccak_ptr + 8], ap++;
    return (keccak_ptr=keccak_ptr + 16);
}
