"""The BLAKE2s digest of felts."""

from starkware.cairo.common.cairo_blake2s.blake2s_utils import (
    IV,
    blake2s_compress,
    blake_state_into_felt,
)

_SMALL = 1 << 63
_LARGE_FLAG = 1 << 255
# The block of parameters: a digest of 32 bytes, no key, fan-out and depth one.
_PARAMETERS = 0x01010020


def _words(felt, encode, little_endian):
    is_short = encode and felt < _SMALL
    if encode and not is_short:
        felt += _LARGE_FLAG
    words = [(felt >> shift) & 0xFFFFFFFF for shift in range(0, 64 if is_short else 256, 32)]
    return words if little_endian else words[::-1]


def digest(data, encode, little_endian, prime):
    words = [word for felt in data for word in _words(felt % prime, encode, little_endian)]
    state = [IV[0] ^ _PARAMETERS, *IV[1:]]
    for start in range(0, max(len(words), 1), 16):
        block = words[start : start + 16]
        seen = 4 * (start + len(block))
        last = 0xFFFFFFFF if seen == 4 * len(words) else 0
        block += [0] * (16 - len(block))
        state = blake2s_compress(h=state, message=block, t0=seen, t1=0, f0=last, f1=0)
    return blake_state_into_felt(state=state, prime=prime)
