"""The few functions of sympy that cairo-lang's modules use."""

from sympy.ntheory import (  # noqa: F401
    factorint,
    is_quad_residue,
    isprime,
    jacobi_symbol,
    mod_inverse,
    sqrt_mod,
)
