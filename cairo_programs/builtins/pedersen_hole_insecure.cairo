// An instance is left out: allowed where nothing is checked.
// flags: --layout small --no_secure_run
// compile: --no_debug_info
// expect: ok
%builtins pedersen

func main(pedersen_ptr: felt*) -> (pedersen_ptr: felt*) {
    assert pedersen_ptr[6] = 1;
    assert pedersen_ptr[7] = 2;
    [ap] = [pedersen_ptr + 8], ap++;
    return (pedersen_ptr=pedersen_ptr + 9);
}
