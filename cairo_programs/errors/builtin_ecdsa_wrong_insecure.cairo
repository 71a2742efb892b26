// The signature of another message is noticed whatever the flags.
// flags: --layout small --no_secure_run
// expect: error 1
// message: is invalid, with respect to the public key
%builtins ecdsa

func main(ecdsa_ptr: felt*) -> (ecdsa_ptr: felt*) {
    %{
        ecdsa_builtin.add_signature(ids.ecdsa_ptr, (
            867829897301638277483536025653976135388548980972411579668446888446251209126,
            224396325238196514350661727320858128317815153887148944065481651354818541693,
        ))
    %}
    assert ecdsa_ptr[0] = 874739451078007766457464989774322083649278607533249481151382481072868806602;
    assert ecdsa_ptr[1] = 12346;
    return (ecdsa_ptr=ecdsa_ptr + 2);
}
