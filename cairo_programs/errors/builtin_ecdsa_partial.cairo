// An instance with an input missing.
// flags: --layout dex
// expect: error 1
// message: Missing memory cells for ecdsa.
%builtins ecdsa

func main(ecdsa_ptr: felt*) -> (ecdsa_ptr: felt*) {
    assert ecdsa_ptr[0] = 874739451078007766457464989774322083649278607533249481151382481072868806602;
    return (ecdsa_ptr=ecdsa_ptr + 2);
}
