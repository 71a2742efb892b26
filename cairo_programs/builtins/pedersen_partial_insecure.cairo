// An instance with an input missing: allowed where nothing is checked.
// flags: --layout small --no_secure_run
// compile: --no_debug_info
// expect: ok
%builtins pedersen

func main(pedersen_ptr: felt*) -> (pedersen_ptr: felt*) {
    assert pedersen_ptr[0] = 1;
    return (pedersen_ptr=pedersen_ptr + 3);
}
