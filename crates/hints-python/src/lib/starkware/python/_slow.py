"""Multiples of points one sum after the other, for whatever the native code refuses."""

from starkware.python.math_utils import EC_INFINITY, ec_add, ec_double, ec_safe_add


def ec_mult(m, point, alpha, p):
    # Recursive, so that multipliers without end meet Python's own limit.
    if m == 1:
        return point
    if m % 2 == 0:
        return ec_mult(m // 2, ec_double(point, alpha, p), alpha, p)
    return ec_add(ec_mult(m - 1, point, alpha, p), point, p)


def ec_safe_mult(m, point, alpha, p):
    if m == 0:
        return EC_INFINITY
    if m == 1:
        return point
    if m % 2 == 0:
        return ec_safe_mult(m // 2, ec_safe_add(point, point, alpha, p), alpha, p)
    return ec_safe_add(ec_safe_mult(m - 1, point, alpha, p), point, alpha, p)
