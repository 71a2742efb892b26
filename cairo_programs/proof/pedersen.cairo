// The inputs of the hashes.
// flags: --layout small --proof_mode
// compile: --proof_mode
// expect: ok
%builtins output pedersen

func main{output_ptr: felt*, pedersen_ptr: felt*}() {
    let (hash) = chain(0, 40);
    assert [output_ptr] = hash;
    let output_ptr = output_ptr + 1;
    return ();
}

func chain{pedersen_ptr: felt*}(hash: felt, left: felt) -> (hash: felt) {
    if (left == 0) {
        return (hash=hash);
    }
    assert pedersen_ptr[0] = hash;
    assert pedersen_ptr[1] = left;
    let next = pedersen_ptr[2];
    let pedersen_ptr = pedersen_ptr + 3;
    return chain(next, left - 1);
}

// suite: record = ["stdout", "stderr", "trace", "memory"]
