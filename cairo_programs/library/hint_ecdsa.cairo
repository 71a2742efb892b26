// common/signature: a signature that a hint makes and the builtin checks.
// flags: --layout small
// expect: ok
%builtins ecdsa

from starkware.cairo.common.cairo_builtins import SignatureBuiltin
from starkware.cairo.common.signature import verify_ecdsa_signature

func main{ecdsa_ptr: SignatureBuiltin*}() {
    alloc_locals;
    local key;
    local r;
    local s;
    %{
        from starkware.crypto.signature.signature import private_to_stark_key, sign
        ids.key = private_to_stark_key(987654321)
        ids.r, ids.s = sign(2**250 + 5, 987654321)
    %}
    verify_ecdsa_signature(2 ** 250 + 5, key, r, s);
    return ();
}
