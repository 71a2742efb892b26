"""BLAKE2s (RFC 7693); the names are cairo-lang's."""

import _cairo_native as _native

PRIME = 2**251 + 17 * 2**192 + 1
IV = _native.initial_words()
SIGMA = _native.blake2s_orders()

# The state of an instance begins this many cells before its output.
_BEFORE_OUTPUT = 26


def compute_blake2s_func(segments, output_ptr):
    memory = segments.memory
    h = memory.get_range(output_ptr - _BEFORE_OUTPUT, 8)
    message = memory.get_range(output_ptr - _BEFORE_OUTPUT + 8, 16)
    t0, f0 = memory[output_ptr - 2], memory[output_ptr - 1]
    segments.write_arg(output_ptr, blake2s_compress(h, message, t0, 0, f0, 0))


def blake2s_compress(h, message, t0, t1, f0, f1):
    try:
        state = _native.blake2s(h, message, t0, t1, f0, f1)
    except TypeError:
        state = None
    if state is None:
        from starkware.cairo.common.cairo_blake2s import _rounds

        return _rounds.compress(h, message, t0, t1, f0, f1)
    return state


def right_rot(value, n):
    return (value >> n) | ((value & ((1 << n) - 1)) << (32 - n))


def mix(a, b, c, d, m0, m1):
    from starkware.cairo.common.cairo_blake2s import _rounds

    return _rounds.mix(a, b, c, d, m0, m1)


def blake_round(state, message, sigma):
    from starkware.cairo.common.cairo_blake2s import _rounds

    return _rounds.one(state, message, sigma)


def blake_state_into_felt(state, prime=PRIME):
    words = (word & 0xFFFFFFFF for word in state)
    return sum(word << (32 * place) for place, word in enumerate(words)) % prime


def calculate_blake2s_hash_from_felt252s(data, encode, little_endian, prime=PRIME):
    from starkware.cairo.common.cairo_blake2s import _felts

    return _felts.digest(data, encode, little_endian, prime)
