"""The hashes and signatures of the machine's builtins; names and messages are cairo-lang's."""

from starkware.crypto.signature.fast_pedersen_hash import pedersen_hash  # noqa: F401
from starkware.crypto.signature.fast_pedersen_hash import pedersen_hash_func  # noqa: F401


def verify_ecdsa(msg_hash, r, s, public_key):
    from starkware.crypto.signature.signature import verify

    return verify(msg_hash, r, s, public_key)


def get_crypto_lib_context_manager(flavor):
    from contextlib import suppress

    return suppress()


_POSEIDON = ("poseidon_hash", "poseidon_hash_func", "poseidon_hash_many", "poseidon_hash_single")


def __getattr__(name):
    if name in _POSEIDON or name == "poseidon_perm":
        from starkware.cairo.common import poseidon_hash

        return getattr(poseidon_hash, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
