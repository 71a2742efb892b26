"""Number-theoretic transforms. The originals return numpy's integers, these Python's."""

from starkware.python.math_utils import is_power_of_2


def _reversed_bits(values):
    width = len(values).bit_length() - 1
    places = (int(f"{place:0{width}b}"[::-1], 2) for place in range(len(values)))
    return [values[place] for place in places]


def _evaluate(coeffs, powers, prime):
    """The values at the powers of a generator whose order is the number of coefficients."""
    if len(coeffs) == 1:
        return coeffs
    even = _evaluate(coeffs[::2], powers[::2], prime)
    odd = _evaluate(coeffs[1::2], powers[::2], prime)
    turned = [power * value % prime for power, value in zip(powers, odd)]
    first = [(a + b) % prime for a, b in zip(even, turned)]
    return first + [(a - b) % prime for a, b in zip(even, turned)]


def transform(coeffs, generator, prime, bit_reversed):
    if len(coeffs) == 0:
        return []
    assert is_power_of_2(len(coeffs)), "Length is not a power of two."
    powers = [1]
    while len(powers) < len(coeffs):
        powers.append(powers[-1] * generator % prime)
    values = list(_evaluate(list(coeffs), powers, prime))
    return _reversed_bits(values) if bit_reversed else values


def back(coeffs, generator, prime, coeffs_bit_reversed):
    inverse = pow(generator, prime - 2, prime)
    if coeffs_bit_reversed:
        coeffs = _reversed_bits(coeffs)
    values = transform(coeffs, inverse, prime, False)
    scale = pow(len(coeffs), prime - 2, prime)
    return [value * scale % prime for value in values]
