// flags: --layout dex
// expect: error 1
// message: ECDSA builtin: Expected public key at address 2:0 to be an integer. Got: 2:0.
%builtins ecdsa

func main(ecdsa_ptr: felt*) -> (ecdsa_ptr: felt*) {
    assert ecdsa_ptr[0] = cast(ecdsa_ptr, felt);
    assert ecdsa_ptr[1] = 1;
    return (ecdsa_ptr=ecdsa_ptr + 2);
}
