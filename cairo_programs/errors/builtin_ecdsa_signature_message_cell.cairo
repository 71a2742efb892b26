// A signature for the cell of the message.
// flags: --layout small
// expect: error 1
// message: Signature hint must point to the public key cell, not 2:1.
%builtins ecdsa

func main(ecdsa_ptr: felt*) -> (ecdsa_ptr: felt*) {
    %{ ecdsa_builtin.add_signature(ids.ecdsa_ptr + 1, (1, 1)) %}
    [ap] = 1, ap++;
    return (ecdsa_ptr=ecdsa_ptr + 2);
}
