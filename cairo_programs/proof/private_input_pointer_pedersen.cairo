// An input of the Pedersen builtin is a pointer, and nothing asks for its outputs.
// flags: --layout small --proof_mode
// compile: --proof_mode
// expect: ok
%builtins pedersen

func main(pedersen_ptr: felt*) -> (pedersen_ptr: felt*) {
    assert pedersen_ptr[0] = cast(pedersen_ptr, felt);
    assert pedersen_ptr[1] = 2;
    return (pedersen_ptr=pedersen_ptr + 3);
}

// suite: record = ["stdout", "stderr", "trace", "memory"]
