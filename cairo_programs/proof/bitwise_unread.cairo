// Results that nobody reads are no cells, and no holes either.
// flags: --layout all_solidity --proof_mode
// compile: --proof_mode
// expect: ok
%builtins bitwise

func main(bitwise_ptr: felt*) -> (bitwise_ptr: felt*) {
    assert bitwise_ptr[0] = 21;
    assert bitwise_ptr[1] = 3;
    [ap] = [bitwise_ptr + 4], ap++;
    assert bitwise_ptr[5] = 21;
    assert bitwise_ptr[6] = 3;
    [ap] = [bitwise_ptr + 7], ap++;
    assert bitwise_ptr[10] = 21;
    assert bitwise_ptr[11] = 3;
    return (bitwise_ptr=bitwise_ptr + 15);
}

// suite: record = ["stdout", "stderr", "trace", "memory"]
