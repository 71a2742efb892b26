// An instance with an input missing.
// flags: --layout small
// expect: error 1
// message: Missing memory cells for pedersen.
%builtins pedersen

func main(pedersen_ptr: felt*) -> (pedersen_ptr: felt*) {
    assert pedersen_ptr[0] = 1;
    return (pedersen_ptr=pedersen_ptr + 3);
}
