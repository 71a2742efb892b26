"""Square roots modulo numbers, with sympy's names."""

from starkware.python import _roots
from starkware.python.math_utils import is_quad_residue  # noqa: F401


def sqrt_mod(a, p, all_roots=False):
    found = sorted(_roots.roots(a, p))
    if all_roots:
        return found
    return found[0] if found else None
