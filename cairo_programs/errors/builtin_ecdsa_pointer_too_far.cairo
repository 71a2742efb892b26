// The stop pointer is one instance too far.
// flags: --layout dex
// expect: error 1
// message: Invalid stop pointer for ecdsa. Expected: 2:2, found: 2:4
%builtins ecdsa

func main(ecdsa_ptr: felt*) -> (ecdsa_ptr: felt*) {
    %{
        ecdsa_builtin.add_signature(ids.ecdsa_ptr, (
            867829897301638277483536025653976135388548980972411579668446888446251209126,
            224396325238196514350661727320858128317815153887148944065481651354818541693,
        ))
    %}
    assert ecdsa_ptr[0] = 874739451078007766457464989774322083649278607533249481151382481072868806602;
    assert ecdsa_ptr[1] = 12345;
    return (ecdsa_ptr=ecdsa_ptr + 4);
}
