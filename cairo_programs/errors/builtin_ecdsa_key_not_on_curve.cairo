// flags: --layout small
// expect: error 1
// message: is invalid, with respect to the public key 5, and the message hash 12345.
%builtins ecdsa

func main(ecdsa_ptr: felt*) -> (ecdsa_ptr: felt*) {
    %{
        ecdsa_builtin.add_signature(ids.ecdsa_ptr, (
            867829897301638277483536025653976135388548980972411579668446888446251209126,
            224396325238196514350661727320858128317815153887148944065481651354818541693,
        ))
    %}
    assert ecdsa_ptr[0] = 5;
    assert ecdsa_ptr[1] = 12345;
    return (ecdsa_ptr=ecdsa_ptr + 2);
}
