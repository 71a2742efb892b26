// Two instances, the results unread but for one cell in the middle.
// flags: --layout starknet_with_keccak
// compile: --no_debug_info
// expect: ok
%builtins keccak

func main(keccak_ptr: felt*) -> (keccak_ptr: felt*) {
    assert keccak_ptr[0] = 0 + 1;
    assert keccak_ptr[1] = 1 + 1;
    assert keccak_ptr[2] = 2 + 1;
    assert keccak_ptr[3] = 3 + 1;
    assert keccak_ptr[4] = 4 + 1;
    assert keccak_ptr[5] = 5 + 1;
    assert keccak_ptr[6] = 6 + 1;
    assert keccak_ptr[7] = 7 + 1;
    [ap] = [keccak_ptr + 11], ap++;
    assert keccak_ptr[23] = 7;
    assert keccak_ptr[22] = 6;
    assert keccak_ptr[21] = 5;
    assert keccak_ptr[20] = 4;
    assert keccak_ptr[19] = 3;
    assert keccak_ptr[18] = 2;
    assert keccak_ptr[17] = 1;
    assert keccak_ptr[16] = 0;
    return (keccak_ptr=keccak_ptr + 32);
}
