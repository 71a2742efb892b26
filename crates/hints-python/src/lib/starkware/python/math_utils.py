"""Number theory and curve points; the names and results are cairo-lang's.

What takes long is native. Where the native code says None, the usual way does not lead anywhere, and
the step by step computations of _slow.py find out how it ends.
"""

import _cairo_native as _native
from math import isqrt as _isqrt


def safe_div(x, y):
    assert isinstance(x, int) and isinstance(y, int)
    assert y != 0
    assert x % y == 0, f"{x} is not divisible by {y}."
    return x // y


def div_ceil(x, y):
    assert isinstance(x, int) and isinstance(y, int)
    return -(-x // y)


def div_mod(n, m, p):
    m, modulus = int(m), int(p)
    if modulus == 0:
        assert abs(m) == 1
        return n % p
    inverse = _native.inverse(m, abs(modulus))
    assert inverse is not None
    return n * inverse % p


def igcdex(a, b):
    """Numbers x and y and the divisor g with x * a + y * b == g, as sympy's function has them."""
    a, b = int(a), int(b)
    if not a or not b:
        divisor = abs(a) or abs(b)
        return (a // divisor, b // divisor, divisor) if divisor else (0, 0, 0)
    sign_a, sign_b = (-1 if a < 0 else 1), (-1 if b < 0 else 1)
    above, below = abs(a), abs(b)
    x, next_x, y, next_y = sign_a, 0, 0, sign_b
    while below:
        quotient, rest = divmod(above, below)
        above, below = below, rest
        x, next_x = next_x, x - quotient * next_x
        y, next_y = next_y, y - quotient * next_y
    return x, y, above


def pow_mod(vector, exponent, p):
    return [pow(x, exponent, p) for x in vector]


def next_power_of_2(x):
    assert isinstance(x, int) and x > 0
    return 1 << (x - 1).bit_length()


def is_power_of_2(x):
    return isinstance(x, int) and x > 0 and x & (x - 1) == 0


def prev_power_of_2(x):
    assert isinstance(x, int) and x > 0
    return 1 << (x.bit_length() - 1)


def log2_ceil(x):
    assert x > 0
    return (x - 1).bit_length()


def safe_log2(x):
    assert x > 0
    # By floating point as in the original, which is not exact for all powers.
    from math import log

    exponent = int(log(x, 2))
    assert 2**exponent == x
    return exponent


def exponent_to_numerator_denominator(exponent):
    return (2**exponent, 1) if exponent >= 0 else (1, 2**-exponent)


# Whether a modulus is prime takes longer than anything done with it, and there are few of them.
_primes = {}


def _is_prime(number):
    known = _primes.get(number)
    if known is None:
        if len(_primes) >= 64:
            _primes.clear()
        known = _primes[number] = _native.is_prime(number)
    return known


def is_quad_residue(n, p):
    if type(n) is int is type(p) and p > 2 and _is_prime(p):
        n %= p
        return n < 2 or _native.jacobi(n, p) == 1
    from starkware.python import _roots

    return _roots.is_quad_residue(n, p)


def sqrt(n, p):
    if type(n) is int is type(p) and p > 2 and _is_prime(p):
        root = _native.square_root(n, p)
        if root is None:
            raise ValueError("min() arg is an empty sequence")
        return root
    from starkware.python import _roots

    return _roots.least(n, p)


def isqrt(n):
    assert n >= 0
    return _isqrt(n)


class EcInfinity:
    """The point at infinity."""


EC_INFINITY = EcInfinity()


def line_slope(point1, point2, p):
    run = point1[0] - point2[0]
    assert run % p != 0
    return div_mod(point1[1] - point2[1], run, p)


def ec_add(point1, point2, p):
    slope = line_slope(point1, point2, p)
    x = (slope * slope - point1[0] - point2[0]) % p
    return x, (slope * (point1[0] - x) - point1[1]) % p


def ec_double_slope(point, alpha, p):
    assert point[1] % p != 0
    return div_mod(3 * point[0] * point[0] + alpha, 2 * point[1], p)


def ec_double(point, alpha, p):
    slope = ec_double_slope(point, alpha, p)
    x = (slope * slope - 2 * point[0]) % p
    return x, (slope * (point[0] - x) - point[1]) % p


def ec_safe_add(point1, point2, alpha, p):
    if point1 == EC_INFINITY:
        return point2
    if point2 == EC_INFINITY:
        return point1
    first = point1[0] % p, point1[1] % p
    second = point2[0] % p, point2[1] % p
    if first[0] != second[0]:
        return ec_add(first, second, p)
    if (first[1] + second[1]) % p == 0:
        return EC_INFINITY
    return ec_double(first, alpha, p)


def ec_mult(m, point, alpha, p):
    if m == 1:
        return point
    product = None
    if type(m) is int:
        product = _native.ec_mult(m, point[0], point[1], alpha, p)
    if product is None:
        from starkware.python import _slow

        return _slow.ec_mult(m, point, alpha, p)
    return product


def ec_safe_mult(m, point, alpha, p):
    if m == 0:
        return EC_INFINITY
    if m == 1:
        return point
    product = None
    if point != EC_INFINITY and type(m) is int:
        product = _native.ec_safe_mult(m, point[0], point[1], alpha, p)
    if product is None:
        from starkware.python import _slow

        return _slow.ec_safe_mult(m, point, alpha, p)
    return product or EC_INFINITY


def horner_eval(coefs, point, prime):
    value = 0
    for coefficient in reversed(coefs):
        value = (value * point + coefficient) % prime
    return value


class NotOnCurveException(Exception):
    """No point of the curve has that x."""


def y_squared_from_x(x, alpha, beta, field_prime):
    return (pow(x, 3, field_prime) + alpha * x + beta) % field_prime


def recover_y(x, alpha, beta, field_prime):
    y_squared = y_squared_from_x(x, alpha, beta, field_prime)
    if is_quad_residue(y_squared, field_prime):
        return sqrt(y_squared, field_prime)
    raise NotOnCurveException(
        f"{x} does not represent the x coordinate of a point on the curve."
    )


def random_ec_point(field_prime, alpha, beta, seed=None):
    from starkware.python import _random_points

    return _random_points.on_curve(field_prime, alpha, beta, seed)


def safe_random_ec_point(prime, alpha, generator, curve_order):
    from starkware.python import _random_points

    return _random_points.multiple(prime, alpha, generator, curve_order)


def fft(coeffs, generator, prime, bit_reversed=False):
    from starkware.python import _fourier

    return _fourier.transform(coeffs, generator, prime, bit_reversed)


def ifft(coeffs, generator, prime, coeffs_bit_reversed=False):
    from starkware.python import _fourier

    return _fourier.back(coeffs, generator, prime, coeffs_bit_reversed)


def pow_cached(base, exp, mod):
    return pow(base, exp, mod)
