"""Points of a curve that nobody chose."""

import random
from hashlib import sha256

from starkware.python.math_utils import (
    EcInfinity,
    NotOnCurveException,
    ec_safe_mult,
    recover_y,
)

ATTEMPTS = 100


def _choices(field_prime, seed):
    """Pairs of an x and whether to take the negative of its y."""
    for attempt in range(ATTEMPTS):
        if seed is None:
            yield random.randrange(field_prime), random.randrange(2)
        else:
            digest = sha256(seed[1:] + attempt.to_bytes(10, "little")).digest()
            yield int.from_bytes(digest, "big"), seed[0] & 1


def on_curve(field_prime, alpha, beta, seed):
    if seed is not None:
        assert field_prime < 2**256, "Field prime must be less than 2^256."
        seed = sha256(seed).digest()
    for x, negative in _choices(field_prime, seed):
        try:
            y = recover_y(x, alpha, beta, field_prime)
        except NotOnCurveException:
            continue
        return x, (-y if negative else y) % field_prime
    raise Exception("Could not find a point on the curve.")


def multiple(prime, alpha, generator, curve_order):
    point = ec_safe_mult(
        m=random.randrange(1, curve_order), point=generator, alpha=alpha, p=prime
    )
    assert not isinstance(point, EcInfinity)
    return point
