// Noticed by the check of a secure run.
// flags: --layout dex
// expect: error 1
// message: pedersen builtin: Expected integer at address 2:0. Got: 2:3.
%builtins pedersen

func main(pedersen_ptr: felt*) -> (pedersen_ptr: felt*) {
    assert pedersen_ptr[0] = cast(pedersen_ptr + 3, felt);
    assert pedersen_ptr[1] = 1;
    return (pedersen_ptr=pedersen_ptr + 3);
}
