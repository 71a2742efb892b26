"""Number theory and curve points as the signature scheme's module has them."""

from starkware.python.math_utils import (  # noqa: F401
    div_mod,
    ec_add,
    ec_double,
    ec_mult,
    igcdex,
    is_quad_residue,
)
from starkware.python.math_utils import sqrt as sqrt_mod  # noqa: F401


def ec_neg(point, p):
    x, y = point
    return x, -y % p
