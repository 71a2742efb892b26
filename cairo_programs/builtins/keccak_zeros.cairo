// The permutation of zeros, known from elsewhere: its first lane is 0xf1258f7940e1dde7.
// flags: --layout starknet_with_keccak
// compile: --no_debug_info
// expect: ok
%builtins output keccak

func main(output_ptr: felt*, keccak_ptr: felt*) -> (output_ptr: felt*, keccak_ptr: felt*) {
    assert keccak_ptr[0] = 0;
    assert keccak_ptr[1] = 0;
    assert keccak_ptr[2] = 0;
    assert keccak_ptr[3] = 0;
    assert keccak_ptr[4] = 0;
    assert keccak_ptr[5] = 0;
    assert keccak_ptr[6] = 0;
    assert keccak_ptr[7] = 0;
    assert output_ptr[0] = keccak_ptr[8];
    assert output_ptr[1] = keccak_ptr[9];
    assert output_ptr[2] = keccak_ptr[10];
    assert output_ptr[3] = keccak_ptr[11];
    assert output_ptr[4] = keccak_ptr[12];
    assert output_ptr[5] = keccak_ptr[13];
    assert output_ptr[6] = keccak_ptr[14];
    assert output_ptr[7] = keccak_ptr[15];
    return (output_ptr=output_ptr + 8, keccak_ptr=keccak_ptr + 16);
}
