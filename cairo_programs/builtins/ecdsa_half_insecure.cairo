// A public key without a message is not looked at where nothing is checked.
// flags: --layout all_solidity --no_secure_run
// compile: --no_debug_info
// expect: ok
%builtins ecdsa

func main(ecdsa_ptr: felt*) -> (ecdsa_ptr: felt*) {
    assert ecdsa_ptr[0] = 874739451078007766457464989774322083649278607533249481151382481072868806602;
    return (ecdsa_ptr=ecdsa_ptr + 2);
}
