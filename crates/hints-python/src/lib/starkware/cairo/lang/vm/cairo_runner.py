"""What hints import of the module that makes runs; names are cairo-lang's."""

from starkware.cairo.lang.vm.crypto import verify_ecdsa


def verify_ecdsa_sig(public_key, msg, signature):
    r, s = signature
    return verify_ecdsa(msg, r, s, public_key)


def process_ecdsa(public_key, msg, signature):
    from starkware.crypto.signature.signature import inv_mod_curve_size

    r, s = signature
    return {"r": hex(r), "w": hex(inv_mod_curve_size(s))}
