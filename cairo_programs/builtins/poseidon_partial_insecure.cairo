// An instance with an input missing: allowed where nothing is checked.
// flags: --layout recursive_with_poseidon --no_secure_run
// compile: --no_debug_info
// expect: ok
%builtins poseidon

func main(poseidon_ptr: felt*) -> (poseidon_ptr: felt*) {
    assert poseidon_ptr[0] = 1;
    assert poseidon_ptr[1] = 1;
    return (poseidon_ptr=poseidon_ptr + 6);
}
