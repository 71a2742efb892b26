// Components of sixteen instances.
// flags: --layout starknet_with_keccak --proof_mode
// compile: --proof_mode --no_debug_info
// expect: ok
%builtins output keccak

func main{output_ptr: felt*, keccak_ptr: felt*}() {
    assert keccak_ptr[0] = 2 ** 200 - 1;
    assert keccak_ptr[1] = 1;
    assert keccak_ptr[2] = 2 ** 199;
    assert keccak_ptr[3] = 3;
    assert keccak_ptr[4] = 0;
    assert keccak_ptr[5] = 2 ** 64;
    assert keccak_ptr[6] = 2 ** 100 + 2 ** 50;
    assert keccak_ptr[7] = 0xff00ff00ff00ff00ff00ff00ff00ff;
    chain(20);
    assert output_ptr[0] = keccak_ptr[0];
    assert output_ptr[1] = keccak_ptr[15];
    let output_ptr = output_ptr + 2;
    let keccak_ptr = keccak_ptr + 16;
    return ();
}

func chain{keccak_ptr: felt*}(left: felt) {
    if (left == 0) {
        return ();
    }
    assert keccak_ptr[16] = keccak_ptr[8];
    assert keccak_ptr[17] = keccak_ptr[9];
    assert keccak_ptr[18] = keccak_ptr[10];
    assert keccak_ptr[19] = keccak_ptr[11];
    assert keccak_ptr[20] = keccak_ptr[12];
    assert keccak_ptr[21] = keccak_ptr[13];
    assert keccak_ptr[22] = keccak_ptr[14];
    assert keccak_ptr[23] = keccak_ptr[15];
    let keccak_ptr = keccak_ptr + 16;
    return chain(left - 1);
}

// suite: record = ["stdout", "stderr", "trace", "memory"]
