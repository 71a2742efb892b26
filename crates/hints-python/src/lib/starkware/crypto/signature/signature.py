"""The STARK curve, its ECDSA and its Pedersen hash; names and messages are cairo-lang's."""

import _cairo_native as _native

from starkware.python.math_utils import (
    div_mod,
    ec_add,
    ec_double,
    ec_mult,
    is_quad_residue,
    sqrt as sqrt_mod,
)

FIELD_PRIME = 2**251 + 17 * 2**192 + 1
FIELD_GEN = 3
ALPHA = 1
BETA = 0x6F21413EFBE40DE150E596D72F7A8C5609AD26C15C915C1F4CDFCB99CEE9E89
EC_ORDER = 0x800000000000010FFFFFFFFFFFFFFFFB781126DCAE7B2321E66A241ADC64D2F
N_ELEMENT_BITS_ECDSA = 251
N_ELEMENT_BITS_HASH = 252
SHIFT_POINT = [
    0x49EE3EBA8C1600700EE1B87EB599F16716B0B1022947733551FDE4050CA6804,
    0x3CA0CFE4B3BC6DDF346D49D06EA0ED34E621062C0E056C1D0405D266E10268A,
]
MINUS_SHIFT_POINT = (SHIFT_POINT[0], FIELD_PRIME - SHIFT_POINT[1])
EC_GEN = [
    0x1EF15C18599971B7BECED415A40F0C7DEACFD9B0D1819E03D723D8BC943CFCA,
    0x5668060AA49730B7BE4801DF46EC62DE53ECD11ABE43A32873000C36E8DC1F,
]

_SCALAR_LIMIT = 1 << N_ELEMENT_BITS_ECDSA


class InvalidPublicKeyError(Exception):
    """No point of the curve has the key's x."""

    def __init__(self):
        super().__init__("Given x coordinate does not represent any point on the elliptic curve.")


def get_y_coordinate(stark_key_x_coordinate):
    x = stark_key_x_coordinate
    y_squared = (x * x * x + ALPHA * x + BETA) % FIELD_PRIME
    if is_quad_residue(y_squared, FIELD_PRIME):
        return sqrt_mod(y_squared, FIELD_PRIME)
    raise InvalidPublicKeyError()


def get_random_private_key():
    import random

    return random.randrange(1, EC_ORDER)


def private_key_to_ec_point_on_stark_curve(priv_key):
    assert 0 < priv_key < EC_ORDER
    return ec_mult(priv_key, EC_GEN, ALPHA, FIELD_PRIME)


def private_to_stark_key(priv_key):
    return private_key_to_ec_point_on_stark_curve(priv_key)[0]


def inv_mod_curve_size(x):
    return div_mod(1, x, EC_ORDER)


def is_valid_stark_private_key(private_key):
    return 0 < private_key < EC_ORDER


def is_point_on_curve(x, y):
    return pow(y, 2, FIELD_PRIME) == (pow(x, 3, FIELD_PRIME) + ALPHA * x + BETA) % FIELD_PRIME


def is_valid_stark_key(stark_key):
    try:
        get_y_coordinate(stark_key_x_coordinate=stark_key)
    except InvalidPublicKeyError:
        return False
    return True


def mimic_ec_mult_air(m, point, shift_point):
    assert 0 < m < _SCALAR_LIMIT
    total = _native.ec_op(
        *shift_point, *point, m, ALPHA, FIELD_PRIME, N_ELEMENT_BITS_ECDSA
    )
    if total is None:
        # Step by step, to fail where the original does.
        total = shift_point
        for place in range(N_ELEMENT_BITS_ECDSA):
            assert total[0] != point[0]
            if m >> place & 1:
                total = ec_add(total, point, FIELD_PRIME)
            point = ec_double(point, ALPHA, FIELD_PRIME)
    return total


def verify(msg_hash, r, s, public_key):
    assert 1 <= s < EC_ORDER, f"s = {s}"
    w = inv_mod_curve_size(s)
    assert 1 <= r < _SCALAR_LIMIT, f"r = {r}"
    assert 1 <= w < _SCALAR_LIMIT, f"w = {w}"
    assert 0 <= msg_hash < _SCALAR_LIMIT, f"msg_hash = {msg_hash}"
    if isinstance(public_key, int):
        valid = _native.verify(public_key, msg_hash, r, s)
        if valid is not None:
            return valid
        try:
            y = get_y_coordinate(public_key)
        except InvalidPublicKeyError:
            return False
        points = ((public_key, y), (public_key, -y % FIELD_PRIME))
        return any(verify(msg_hash, r, s, point) for point in points)
    assert is_point_on_curve(x=public_key[0], y=public_key[1])
    try:
        of_message = mimic_ec_mult_air(msg_hash, EC_GEN, MINUS_SHIFT_POINT)
        of_key = mimic_ec_mult_air(r, public_key, SHIFT_POINT)
        both = ec_add(of_message, of_key, FIELD_PRIME)
        shifted = mimic_ec_mult_air(w, both, SHIFT_POINT)
        x = ec_add(shifted, MINUS_SHIFT_POINT, FIELD_PRIME)[0]
    except AssertionError:
        return False
    return r == x


def generate_k_rfc6979(msg_hash, priv_key, seed=None):
    from starkware.crypto.signature import _sign

    return _sign.nonce(msg_hash, priv_key, seed)


def sign(msg_hash, priv_key, seed=None):
    from starkware.crypto.signature import _sign

    return _sign.sign(msg_hash, priv_key, seed)


def grind_key(key_seed, key_value_limit):
    from starkware.crypto.signature import _sign

    return _sign.grind_key(key_seed, key_value_limit)


def pedersen_hash(*elements):
    if len(elements) == 2 and all(type(element) is int for element in elements):
        digest = _native.pedersen(*elements)
        assert digest is not None
        return digest
    return pedersen_hash_as_point(*elements)[0]


def pedersen_hash_as_point(*elements):
    from starkware.crypto.signature import _points

    return _points.hashed(elements)


def __getattr__(name):
    if name in ("CONSTANT_POINTS", "PEDERSEN_PARAMS"):
        from starkware.crypto.signature import _points

        return _points.constant_points() if name == "CONSTANT_POINTS" else _points.parameters()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
