// The stop pointer is one instance too far.
// flags: --layout starknet_with_keccak
// expect: error 1
// message: Invalid stop pointer for keccak. Expected: 2:16, found: 2:32
%builtins keccak

func main(keccak_ptr: felt*) -> (keccak_ptr: felt*) {
    assert keccak_ptr[0] = 0;
    assert keccak_ptr[1] = 1;
    assert keccak_ptr[2] = 2;
    assert keccak_ptr[3] = 3;
    assert keccak_ptr[4] = 4;
    assert keccak_ptr[5] = 5;
    assert keccak_ptr[6] = 6;
    assert keccak_ptr[7] = 7;
    return (keccak_ptr=keccak_ptr + 32);
}
