// Proof mode can be told to refuse builtins that the layout lacks.
// flags: --layout recursive --allow_missing_builtins False --proof_mode
// compile: --proof_mode
// expect: error 1
// message: Builtins {'ecdsa'} are not present in layout
%builtins ecdsa

func main(ecdsa_ptr: felt*) -> (ecdsa_ptr: felt*) {
    return (ecdsa_ptr=ecdsa_ptr);
}
