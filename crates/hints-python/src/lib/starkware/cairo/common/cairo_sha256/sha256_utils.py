"""SHA-256's compression (FIPS 180-4); the names are cairo-lang's."""

import _cairo_native as _native

IV = _native.initial_words()
ROUND_CONSTANTS = _native.sha256_constants()


def right_rot(value, n):
    return (value >> n) | ((value & ((1 << n) - 1)) << (32 - n))


def compute_message_schedule(message):
    message = list(message)
    schedule = _native.sha256_schedule(message)
    if schedule is None:
        from starkware.cairo.common.cairo_sha256 import _rounds

        return _rounds.schedule(message)
    return schedule


def sha2_compress_function(state, w):
    compressed = _native.sha256(state, w)
    if compressed is None:
        from starkware.cairo.common.cairo_sha256 import _rounds

        return _rounds.compress(state, w)
    return compressed


def sha_256_update_state(state, message):
    return sha2_compress_function(state, compute_message_schedule(message))


def __getattr__(name):
    if name == "SHA256BATCHResources":
        from starkware.cairo.common.cairo_sha256 import _resources

        return _resources.SHA256BATCHResources
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
