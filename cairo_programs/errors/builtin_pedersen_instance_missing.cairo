// Enough cells altogether, but an instance is not among them.
// flags: --layout small
// expect: error 1
// message: Missing memory cells for pedersen: 3, 4.
%builtins pedersen

func main(pedersen_ptr: felt*) -> (pedersen_ptr: felt*) {
    assert pedersen_ptr[0] = 1;
    assert pedersen_ptr[1] = 2;
    [ap] = [pedersen_ptr + 2], ap++;
    assert pedersen_ptr[6] = 1;
    assert pedersen_ptr[7] = 2;
    [ap] = [pedersen_ptr + 8], ap++;
    return (pedersen_ptr=pedersen_ptr + 9);
}
