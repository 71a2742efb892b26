// No signature is given.
// flags: --layout small
// expect: error 1
// message: Signature hint is missing for ECDSA builtin at address 2:0.
%builtins ecdsa

func main(ecdsa_ptr: felt*) -> (ecdsa_ptr: felt*) {
    assert ecdsa_ptr[0] = 874739451078007766457464989774322083649278607533249481151382481072868806602;
    assert ecdsa_ptr[1] = 12345;
    return (ecdsa_ptr=ecdsa_ptr + 2);
}
