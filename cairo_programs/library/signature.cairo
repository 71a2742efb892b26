// A signature that a hint gives.
// flags: --layout small
// expect: ok
%builtins output ecdsa

from starkware.cairo.common.cairo_builtins import SignatureBuiltin
from starkware.cairo.common.signature import verify_ecdsa_signature
from starkware.cairo.common.serialize import serialize_word

func main{output_ptr: felt*, ecdsa_ptr: SignatureBuiltin*}() {
    alloc_locals;
    verify_ecdsa_signature(
        message=12345,
        public_key=874739451078007766457464989774322083649278607533249481151382481072868806602,
        signature_r=867829897301638277483536025653976135388548980972411579668446888446251209126,
        signature_s=224396325238196514350661727320858128317815153887148944065481651354818541693,
    );
    serialize_word(1);
    return ();
}
