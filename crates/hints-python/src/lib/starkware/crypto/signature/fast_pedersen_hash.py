"""The Pedersen hash; names and messages are cairo-lang's."""

import _cairo_native as _native


def pedersen_hash(x, y):
    digest = _native.pedersen(x, y)
    assert digest is not None, "Element integer value is out of range"
    return digest


def pedersen_hash_func(x, y):
    assert len(x) == len(y) == 32, "Unexpected element length."
    digest = pedersen_hash(int.from_bytes(x, "big"), int.from_bytes(y, "big"))
    return digest.to_bytes(32, "big")
