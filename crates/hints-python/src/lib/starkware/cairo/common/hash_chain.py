"""Chains of hashes from the end; the name and the message are cairo-lang's."""

from starkware.cairo.lang.vm.crypto import pedersen_hash


def compute_hash_chain(data, hash_func=pedersen_hash):
    assert len(data) >= 1, f"len(data) for hash chain computation must be >= 1; got: {len(data)}."
    *before, digest = data
    for value in reversed(before):
        digest = hash_func(value, digest)
    return digest
