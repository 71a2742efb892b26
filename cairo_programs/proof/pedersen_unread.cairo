// Hashes that nobody reads.
// flags: --layout dex --proof_mode
// compile: --proof_mode
// expect: ok
%builtins pedersen

func main(pedersen_ptr: felt*) -> (pedersen_ptr: felt*) {
    assert pedersen_ptr[0] = 1;
    assert pedersen_ptr[1] = 2;
    assert pedersen_ptr[3] = 3;
    assert pedersen_ptr[4] = 4;
    return (pedersen_ptr=pedersen_ptr + 6);
}

// suite: record = ["stdout", "stderr", "trace", "memory"]
