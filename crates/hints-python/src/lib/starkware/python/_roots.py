"""Square roots modulo any number, prime or not, as sympy finds them."""

import itertools
import math
import operator

import _cairo_native as _native


def as_int(number):
    if not isinstance(number, bool):
        try:
            return operator.index(number)
        except TypeError:
            pass
    raise ValueError(f"{number} is not an integer")


def _split(number):
    """A divisor of a number that is not prime (Pollard's rho in Brent's form)."""
    for start in itertools.count(1):
        x = y = start + 1
        steps, product, divisor, checkpoint = 1, 1, 1, y
        while divisor == 1:
            x = y
            for _ in range(steps):
                y = (y * y + start) % number
            done = 0
            while done < steps and divisor == 1:
                checkpoint = y
                for _ in range(min(128, steps - done)):
                    y = (y * y + start) % number
                    product = product * abs(x - y) % number
                divisor = math.gcd(product, number)
                done += 128
            steps *= 2
        if divisor == number:
            divisor = 1
            while divisor == 1:
                checkpoint = (checkpoint * checkpoint + start) % number
                divisor = math.gcd(abs(x - checkpoint), number)
        if divisor != number:
            return divisor


def factors(number):
    """The prime factors of a positive number with their exponents."""
    found = {}

    def add(prime):
        found[prime] = found.get(prime, 0) + 1

    for small in itertools.chain([2], range(3, 1000, 2)):
        while number % small == 0:
            add(small)
            number //= small
    pending = [number] if number > 1 else []
    while pending:
        part = pending.pop()
        if _native.is_prime(part):
            add(part)
        else:
            divisor = _split(part)
            pending += [divisor, part // divisor]
    return found


def _unit_roots(n, prime, exponent):
    """All roots modulo a power of a prime that does not divide n."""
    power = prime**exponent
    n %= power
    if prime == 2:
        if n % min(8, power) != 1:
            return []
        if exponent <= 3:
            return [root for root in range(1, power, 2) if root * root % power == n]
        root = 1
        for bits in range(3, exponent):
            if (root * root - n) >> bits & 1:
                root += 1 << (bits - 1)
        half = power // 2
        return sorted({root, power - root, (root + half) % power, (half - root) % power})
    root = _native.square_root(n, prime)
    if root is None:
        return []
    for lifted in range(2, exponent + 1):
        modulus = prime**lifted
        root = (root - (root * root - n) * pow(2 * root, -1, modulus)) % modulus
    return sorted({root, power - root})


def _prime_power_roots(n, prime, exponent):
    """All roots modulo a power of a prime, as an iterable that may be long."""
    power = prime**exponent
    n %= power
    if n == 0:
        return range(0, power, prime ** ((exponent + 1) // 2))
    common = 0
    while n % prime == 0:
        n //= prime
        common += 1
    if common % 2:
        return []
    roots = _unit_roots(n, prime, exponent - common)
    if not common:
        return roots
    scale, step = prime ** (common // 2), prime ** (exponent - common // 2)
    return [x for root in roots for x in range(root * scale % step, power, step)]


def roots(n, p):
    """All square roots of n modulo p, in no order."""
    n, p = as_int(n), abs(as_int(p))
    parts = [(prime**k, _prime_power_roots(n, prime, k)) for prime, k in factors(p).items()]
    for choice in itertools.product(*(part for _, part in parts)):
        total = 0
        for (power, _), root in zip(parts, choice):
            rest = p // power
            total += root * rest * pow(rest, -1, power)
        yield total % p


def least(n, p):
    smallest = min(roots(n, p), default=None)
    if smallest is None:
        raise ValueError("min() arg is an empty sequence")
    return smallest


def is_quad_residue(n, p):
    n, p = as_int(n), as_int(p)
    if p < 1:
        raise ValueError("p must be > 0")
    if n % p < 2 or p < 3:
        return True
    for prime, exponent in factors(p).items():
        if not any(True for _ in _prime_power_roots(n, prime, exponent)):
            return False
    return True
