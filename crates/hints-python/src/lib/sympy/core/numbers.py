"""Greatest common divisors, under the name they had before."""

from starkware.python.math_utils import igcdex  # noqa: F401
