"""SHA-256's rounds on numbers of any size, for what is no word."""

from starkware.cairo.common.cairo_sha256.sha256_utils import ROUND_CONSTANTS, right_rot

_WORD = 1 << 32


def _rotations(value, *by):
    turned = 0
    for n in by:
        turned ^= right_rot(value, n)
    return turned


def schedule(message):
    words = list(message)
    assert len(words) == 16
    while len(words) < 64:
        early, late = words[-15], words[-2]
        early = _rotations(early, 7, 18) ^ (early >> 3)
        late = _rotations(late, 17, 19) ^ (late >> 10)
        words.append((words[-16] + early + words[-7] + late) % _WORD)
    return words


def compress(state, w):
    a, b, c, d, e, f, g, h = state
    for at, constant in enumerate(ROUND_CONSTANTS):
        choice = (e & f) ^ (~e & g)
        first = (h + _rotations(e, 6, 11, 25) + choice + constant + w[at]) % _WORD
        majority = (a & b) ^ (a & c) ^ (b & c)
        second = (_rotations(a, 2, 13, 22) + majority) % _WORD
        a, b, c, d, e, f, g, h = (first + second) % _WORD, a, b, c, (d + first) % _WORD, e, f, g
    return [(old + new) % _WORD for old, new in zip(state, (a, b, c, d, e, f, g, h))]
