// A signature out of range.
// flags: --layout small
// expect: error 1
// message: r = 0
%builtins ecdsa

func main(ecdsa_ptr: felt*) -> (ecdsa_ptr: felt*) {
    %{
        ecdsa_builtin.add_signature(ids.ecdsa_ptr, (
            0,
            224396325238196514350661727320858128317815153887148944065481651354818541693,
        ))
    %}
    assert ecdsa_ptr[0] = 874739451078007766457464989774322083649278607533249481151382481072868806602;
    assert ecdsa_ptr[1] = 12345;
    return (ecdsa_ptr=ecdsa_ptr + 2);
}
