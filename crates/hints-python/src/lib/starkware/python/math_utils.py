"""Number theory that hints import; the names and results are cairo-lang's."""

from math import isqrt as _isqrt


def safe_div(x, y):
    assert isinstance(x, int) and isinstance(y, int)
    assert y != 0
    assert x % y == 0, f"{x} is not divisible by {y}."
    return x // y


def div_ceil(x, y):
    assert isinstance(x, int) and isinstance(y, int)
    return -(-x // y)


def _inverse(m, p):
    try:
        return pow(m, -1, p)
    except ValueError:
        raise AssertionError from None


def div_mod(n, m, p):
    return n * _inverse(m, p) % p


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
    exponent = x.bit_length() - 1
    assert 1 << exponent == x
    return exponent


def is_quad_residue(n, p):
    n, p = int(n), int(p)
    if p < 1:
        raise ValueError("p must be > 0")
    n %= p
    if n < 2 or p < 3:
        return True
    return pow(n, (p - 1) // 2, p) == 1


def _roots(n, p):
    """Both square roots of n modulo the odd prime p (Tonelli and Shanks)."""
    n %= p
    if n == 0:
        return [0]
    if pow(n, (p - 1) // 2, p) != 1:
        return []
    odd = p - 1
    twos = 0
    while odd % 2 == 0:
        odd //= 2
        twos += 1
    residue = 2
    while pow(residue, (p - 1) // 2, p) == 1:
        residue += 1
    generator = pow(residue, odd, p)
    root = pow(n, (odd + 1) // 2, p)
    rest = pow(n, odd, p)
    while rest != 1:
        order = 0
        power = rest
        while power != 1:
            power = power * power % p
            order += 1
        step = pow(generator, 1 << (twos - order - 1), p)
        root = root * step % p
        generator = step * step % p
        rest = rest * generator % p
        twos = order
    return [root, p - root]


def sqrt(n, p):
    if p == 2:
        return n % 2
    return min(_roots(n, p))


def isqrt(n):
    assert n >= 0
    return _isqrt(n)


class EcInfinity:
    """The point at infinity."""


EC_INFINITY = EcInfinity()


def line_slope(point1, point2, p):
    (x1, y1), (x2, y2) = point1, point2
    assert (x1 - x2) % p != 0
    return div_mod(y1 - y2, x1 - x2, p)


def ec_add(point1, point2, p):
    slope = line_slope(point1, point2, p)
    (x1, y1), (x2, _) = point1, point2
    x = (slope * slope - x1 - x2) % p
    return x, (slope * (x1 - x) - y1) % p


def ec_neg(point, p):
    x, y = point
    return x, -y % p


def ec_double_slope(point, alpha, p):
    x, y = point
    assert y % p != 0
    return div_mod(3 * x * x + alpha, 2 * y, p)


def ec_double(point, alpha, p):
    x, y = point
    slope = ec_double_slope(point, alpha, p)
    new_x = (slope * slope - 2 * x) % p
    return new_x, (slope * (x - new_x) - y) % p


def ec_mult(m, point, alpha, p):
    # From the highest bit down; m is positive.
    result = point
    for bit in bin(m)[3:]:
        result = ec_double(result, alpha, p)
        if bit == "1":
            result = ec_add(result, point, p)
    return result


class NotOnCurveException(Exception):
    """No point of the curve has that x."""


def y_squared_from_x(x, alpha, beta, field_prime):
    return (pow(x, 3, field_prime) + alpha * x + beta) % field_prime


def recover_y(x, alpha, beta, field_prime):
    y_squared = y_squared_from_x(x, alpha, beta, field_prime)
    if is_quad_residue(y_squared, field_prime):
        return sqrt(y_squared, field_prime)
    message = f"{x} does not represent the x coordinate of a point on the curve."
    raise NotOnCurveException(message)
