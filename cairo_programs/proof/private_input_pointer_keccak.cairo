// An input of the Keccak builtin is a pointer, and nothing asks for its outputs.
// flags: --layout starknet_with_keccak --proof_mode
// compile: --proof_mode
// expect: ok
%builtins keccak

func main(keccak_ptr: felt*) -> (keccak_ptr: felt*) {
    assert keccak_ptr[0] = cast(keccak_ptr, felt);
    assert keccak_ptr[1] = 2;
    assert keccak_ptr[2] = 3;
    assert keccak_ptr[3] = 4;
    assert keccak_ptr[4] = 5;
    assert keccak_ptr[5] = 6;
    assert keccak_ptr[6] = 7;
    assert keccak_ptr[7] = 8;
    return (keccak_ptr=keccak_ptr + 16);
}

// suite: record = ["stdout", "stderr", "trace", "memory"]
