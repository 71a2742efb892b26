// The second instance is filled before the first one, its second input first.
// flags: --layout all_solidity
// compile: --no_debug_info
// expect: ok
%builtins pedersen

func main(pedersen_ptr: felt*) -> (pedersen_ptr: felt*) {
    assert pedersen_ptr[4] = 4;
    assert pedersen_ptr[3] = 3;
    assert pedersen_ptr[1] = pedersen_ptr[5];
    assert pedersen_ptr[0] = 7;
    [ap] = [pedersen_ptr + 2], ap++;
    return (pedersen_ptr=pedersen_ptr + 6);
}
