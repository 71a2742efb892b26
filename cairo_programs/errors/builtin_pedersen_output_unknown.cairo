// The result is read before the inputs are there.
// flags: --layout small
// expect: error 1
// message: Unknown value for memory cell at address 2:2
%builtins pedersen

func main(pedersen_ptr: felt*) -> (pedersen_ptr: felt*) {
    assert pedersen_ptr[0] = 1;
    [ap] = [pedersen_ptr + 2], ap++;
    assert pedersen_ptr[1] = 2;
    return (pedersen_ptr=pedersen_ptr + 3);
}
