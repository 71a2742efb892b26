// A signature for a cell of another segment.
// flags: --layout small
// expect: error 1
// message: Signature hint must point to the signature builtin segment, not 1:
%builtins ecdsa

func main(ecdsa_ptr: felt*) -> (ecdsa_ptr: felt*) {
    %{ ecdsa_builtin.add_signature(ap, (1, 1)) %}
    [ap] = 1, ap++;
    return (ecdsa_ptr=ecdsa_ptr + 2);
}
