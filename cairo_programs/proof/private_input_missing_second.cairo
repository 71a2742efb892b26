// An instance of Pedersen lacks its second input.
// flags: --layout small --proof_mode
// compile: --proof_mode
// expect: ok
%builtins pedersen

func main(pedersen_ptr: felt*) -> (pedersen_ptr: felt*) {
    assert pedersen_ptr[0] = 1;
    return (pedersen_ptr=pedersen_ptr + 3);
}

// suite: record = ["stdout", "stderr", "trace", "memory"]
