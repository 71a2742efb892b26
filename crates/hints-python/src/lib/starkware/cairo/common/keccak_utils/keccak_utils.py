"""The Keccak permutation; the names are cairo-lang's."""

import _cairo_native as _native

from starkware.python.math_utils import div_ceil
from starkware.python.utils import from_bytes, to_bytes


def keccak_func(values, ell=6, u=5, alpha=3, beta=2, rounds=None):
    if (ell, u, alpha, beta) == (6, 5, 3, 2) and (rounds is None or rounds == 24):
        permuted = _native.keccak_f1600(values)
        if permuted is not None:
            return permuted
    from starkware.cairo.common.keccak_utils import _general

    return _general.permutation(values, ell, u, alpha, beta, rounds)


def keccak_f(message, ell=6, u=5, alpha=3, beta=2, rounds=None):
    width = 1 << ell
    bits = u * u * width
    assert len(message) <= div_ceil(bits, 8)
    number = from_bytes(message, byte_order="little")
    assert number < 1 << bits
    lanes = [(number >> shift) & ((1 << width) - 1) for shift in range(0, bits, width)]
    lanes = keccak_func(lanes, ell, u, alpha, beta, rounds)
    number = sum(lane << (width * place) for place, lane in enumerate(lanes))
    return to_bytes(number, length=(bits + 7) // 8, byte_order="little")


def rot_left(x, n, w):
    return ((x << n) & ((1 << w) - 1)) | (x >> (w - n))


def precompute_rho_offsets(w, u, alpha, beta):
    from starkware.cairo.common.keccak_utils import _general

    return _general.rotations(w, u, alpha, beta)


def precompute_rc(ell, rounds=None):
    from starkware.cairo.common.keccak_utils import _general

    return _general.constants(ell, rounds)


def keccak_round(a, rho_offsets, rc, w, u, alpha, beta):
    from starkware.cairo.common.keccak_utils import _general

    return _general.one_round(a, rho_offsets, rc, w, u, alpha, beta)
