"""The constant points of the Pedersen hash: for each element two points, made from the digits of pi,
one with its doubles for the low bits and one for the high bits."""

from starkware.crypto.signature.signature import (
    ALPHA,
    BETA,
    EC_GEN,
    EC_ORDER,
    FIELD_GEN,
    FIELD_PRIME,
    N_ELEMENT_BITS_HASH,
    SHIFT_POINT,
)
from starkware.python.math_utils import ec_add, ec_double

_LOW_BITS = 248
_BASES = [
    [
        0x234287DCBAFFE7F969C748655FCA9E58FA8120B6D56EB0C1080D17957EBE47B,
        0x3B056F100F96FB21E889527D41F4E39940135DD7A6C94CC6ED0268EE89E5615,
    ],
    [
        0x4FA56F376C83DB33F9DAB2656558F3399099EC1DE5E3018B7A6932DBA8AA378,
        0x3FA0984C931C9E38113E0C0E47E4401562761F92A7A23B45168F4E80FF5B54D,
    ],
    [
        0x4BA4CC166BE8DEC764910F75B45F74B40C690C74709E90F3AA372F0BD2D6997,
        0x40301CF5C1751F4B971E46C4EDE85FCAC5C59A5CE5AE7C48151F27B24B219C,
    ],
    [
        0x54302DCB0E6CC1C6E44CCA8F61A63BB2CA65048D53FB325D36FF12C49A58202,
        0x1B77B3E37D13504B348046268D8AE25CE98AD783C25561A879DCC77E99C2426,
    ],
]
_points = []


def constant_points():
    if not _points:
        _points.extend([SHIFT_POINT, EC_GEN])
        for number, point in enumerate(_BASES):
            bits = N_ELEMENT_BITS_HASH - _LOW_BITS if number % 2 else _LOW_BITS
            for _ in range(bits):
                _points.append(point)
                point = list(ec_double(point, ALPHA, FIELD_PRIME))
    return _points


def parameters():
    return {
        "FIELD_PRIME": FIELD_PRIME,
        "FIELD_GEN": FIELD_GEN,
        "EC_ORDER": EC_ORDER,
        "ALPHA": ALPHA,
        "BETA": BETA,
        "CONSTANT_POINTS": constant_points(),
    }


def hashed(elements):
    total = SHIFT_POINT
    points = constant_points()
    for number, element in enumerate(elements):
        assert 0 <= element < FIELD_PRIME
        first = 2 + number * N_ELEMENT_BITS_HASH
        own = points[first : first + N_ELEMENT_BITS_HASH]
        assert len(own) == N_ELEMENT_BITS_HASH
        for place, point in enumerate(own):
            assert total[0] != point[0], "Unhashable input."
            if element >> place & 1:
                total = ec_add(total, point, FIELD_PRIME)
    return total
