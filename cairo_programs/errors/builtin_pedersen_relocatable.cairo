// flags: --layout dex
// expect: error 1
// message: pedersen builtin: Expected integer at address 2:1. Got: 2:0.
%builtins pedersen

func main(pedersen_ptr: felt*) -> (pedersen_ptr: felt*) {
    assert pedersen_ptr[0] = 1;
    assert pedersen_ptr[1] = cast(pedersen_ptr, felt);
    [ap] = [pedersen_ptr + 2], ap++;
    return (pedersen_ptr=pedersen_ptr + 3);
}
