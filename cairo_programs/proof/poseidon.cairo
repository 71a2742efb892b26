// Fifty instances of 64 steps each.
// flags: --layout recursive_with_poseidon --proof_mode
// compile: --proof_mode
// expect: ok
%builtins output poseidon

func main{output_ptr: felt*, poseidon_ptr: felt*}() {
    assert poseidon_ptr[0] = -1;
    assert poseidon_ptr[1] = 2 ** 251;
    assert poseidon_ptr[2] = 1 / 7;
    chain(50);
    assert output_ptr[0] = poseidon_ptr[5];
    assert output_ptr[1] = poseidon_ptr[4];
    assert output_ptr[2] = poseidon_ptr[3];
    let output_ptr = output_ptr + 3;
    let poseidon_ptr = poseidon_ptr + 6;
    return ();
}

func chain{poseidon_ptr: felt*}(left: felt) {
    if (left == 0) {
        return ();
    }
    assert poseidon_ptr[6] = poseidon_ptr[3];
    assert poseidon_ptr[7] = poseidon_ptr[4] + left;
    assert poseidon_ptr[8] = poseidon_ptr[5];
    let poseidon_ptr = poseidon_ptr + 6;
    return chain(left - 1);
}

// suite: record = ["stdout", "stderr", "trace", "memory"]
