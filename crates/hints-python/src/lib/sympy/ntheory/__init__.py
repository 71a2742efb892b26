"""Number theory of sympy as far as cairo-lang's modules use it."""

import _cairo_native as _native
from starkware.python import _roots
from starkware.python.math_utils import is_quad_residue  # noqa: F401

from sympy.ntheory import residue_ntheory  # noqa: F401


def isprime(n):
    return _native.is_prime(_roots.as_int(n))


def factorint(n):
    return dict(sorted(_roots.factors(_roots.as_int(n)).items()))


def jacobi_symbol(m, n):
    if n < 0 or n % 2 == 0:
        raise ValueError("n should be an odd positive integer")
    return _native.jacobi(m, n)


def mod_inverse(a, m):
    found = _native.inverse(_roots.as_int(a), abs(_roots.as_int(m)))
    if found is None or m == 0:
        raise ValueError(f"inverse of {a} (mod {m}) does not exist")
    return found % m


def sqrt_mod(a, p, all_roots=False):
    return residue_ntheory.sqrt_mod(a, p, all_roots)
