// A signature for a number.
// flags: --layout small
// expect: error 1
// message: Expected memory address to be relocatable value. Found: 8.
%builtins ecdsa

func main(ecdsa_ptr: felt*) -> (ecdsa_ptr: felt*) {
    %{ ecdsa_builtin.add_signature(8, (1, 1)) %}
    [ap] = 1, ap++;
    return (ecdsa_ptr=ecdsa_ptr + 2);
}
