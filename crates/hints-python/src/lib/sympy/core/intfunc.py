"""Greatest common divisors, with sympy's names."""

from starkware.python.math_utils import igcdex  # noqa: F401
