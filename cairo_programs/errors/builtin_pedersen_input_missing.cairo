// Enough cells altogether, but an input is not among them.
// flags: --layout small
// expect: error 1
// message: Missing memory cells for pedersen: 1.
%builtins pedersen

func main(pedersen_ptr: felt*) -> (pedersen_ptr: felt*) {
    assert pedersen_ptr[0] = 1;
    assert pedersen_ptr[2] = 5;
    return (pedersen_ptr=pedersen_ptr + 3);
}
