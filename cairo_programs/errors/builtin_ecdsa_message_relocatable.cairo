// flags: --layout dex
// expect: error 1
// message: ECDSA builtin: Expected message hash at address 2:1 to be an integer. Got: 2:0.
%builtins ecdsa

func main(ecdsa_ptr: felt*) -> (ecdsa_ptr: felt*) {
    assert ecdsa_ptr[1] = cast(ecdsa_ptr, felt);
    assert ecdsa_ptr[0] = 1;
    return (ecdsa_ptr=ecdsa_ptr + 2);
}
