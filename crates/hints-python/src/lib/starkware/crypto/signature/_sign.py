"""Signing, with the nonce of RFC 6979."""

import itertools
from hashlib import sha256

from starkware.crypto.signature.signature import (
    ALPHA,
    EC_GEN,
    EC_ORDER,
    FIELD_PRIME,
    inv_mod_curve_size,
)
from starkware.python.math_utils import div_ceil, div_mod, ec_mult

_LIMIT = 1 << 251
_ORDER_BITS = EC_ORDER.bit_length()
_ORDER_BYTES = (_ORDER_BITS + 7) // 8
_BLOCK = 64


def _hmac(key, message):
    key = key.ljust(_BLOCK, b"\0")
    inner = sha256(bytes(byte ^ 0x36 for byte in key) + message).digest()
    return sha256(bytes(byte ^ 0x5C for byte in key) + inner).digest()


def _number(data):
    """The number that the leftmost bits of some bytes are, as many as the order has."""
    # int() refuses the digits of no bytes, and shows them.
    number = int(data.hex().encode(), 16)
    return number >> max(8 * len(data) - _ORDER_BITS, 0)


def _candidates(private, data, entropy):
    number = _number(data)
    if number >= EC_ORDER:
        number -= EC_ORDER
    seed = private.to_bytes(_ORDER_BYTES, "big") + number.to_bytes(_ORDER_BYTES, "big") + entropy
    key, value = b"\0" * 32, b"\1" * 32
    for mark in (b"\0", b"\1"):
        key = _hmac(key, value + mark + seed)
        value = _hmac(key, value)
    while True:
        value = _hmac(key, value)
        yield _number(value)
        key = _hmac(key, value + b"\0")
        value = _hmac(key, value)


def nonce(msg_hash, priv_key, seed):
    bits = msg_hash.bit_length()
    if bits >= 248 and 1 <= bits % 8 <= 4:
        # Half a byte is lacking: it is filled in as JavaScript's library does.
        msg_hash *= 16
        bits += 4
    data = msg_hash.to_bytes(div_ceil(bits, 8), "big")
    entropy = b"" if seed is None else seed.to_bytes(div_ceil(seed.bit_length(), 8), "big")
    for candidate in _candidates(priv_key, data, entropy):
        if 1 <= candidate < EC_ORDER:
            return candidate


def sign(msg_hash, priv_key, seed):
    assert 0 <= msg_hash < _LIMIT, "Message not signable."
    # Nearly every nonce will do; the next one comes from the next seed.
    seeds = itertools.chain([seed], itertools.count(1 if seed is None else seed + 1))
    for seed in seeds:
        k = nonce(msg_hash, priv_key, seed)
        r = int(ec_mult(k, EC_GEN, ALPHA, FIELD_PRIME)[0])
        total = msg_hash + r * priv_key
        if not 1 <= r < _LIMIT or total % EC_ORDER == 0:
            continue
        w = div_mod(k, total, EC_ORDER)
        if 1 <= w < _LIMIT:
            return r, inv_mod_curve_size(w)


def grind_key(key_seed, key_value_limit):
    allowed = 2**256 - 2**256 % key_value_limit

    def shortest(number):
        return number.to_bytes(max(1, div_ceil(number.bit_length(), 8)), "big")

    for index in itertools.count():
        digest = sha256(shortest(key_seed) + shortest(index)).digest()
        key = int.from_bytes(digest, "big")
        if key < allowed:
            return key % key_value_limit
