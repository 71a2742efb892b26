"""BLAKE2s's rounds on numbers of any size, for states that are no words."""

from starkware.cairo.common.cairo_blake2s.blake2s_utils import IV, SIGMA, right_rot

_WORD = 1 << 32
# The places that are mixed: columns, then diagonals.
_COLUMNS = [(at, at + 4, at + 8, at + 12) for at in range(4)]
_DIAGONALS = [(at, 4 + (at + 1) % 4, 8 + (at + 2) % 4, 12 + (at + 3) % 4) for at in range(4)]
_PLACES = _COLUMNS + _DIAGONALS


def mix(a, b, c, d, m0, m1):
    for word, (right_d, right_b) in ((m0, (16, 12)), (m1, (8, 7))):
        a = (a + b + word) % _WORD
        d = right_rot(d ^ a, right_d)
        c = (c + d) % _WORD
        b = right_rot(b ^ c, right_b)
    return a, b, c, d


def one(state, message, sigma):
    state = list(state)
    for number, places in enumerate(_PLACES):
        words = (message[sigma[2 * number]], message[sigma[2 * number + 1]])
        mixed = mix(*(state[place] for place in places), *words)
        for place, value in zip(places, mixed):
            state[place] = value
    return state


def compress(h, message, t0, t1, f0, f1):
    marks = (IV[4] ^ t0, IV[5] ^ t1, IV[6] ^ f0, IV[7] ^ f1)
    state = h + IV[:4] + [mark % _WORD for mark in marks]
    for order in SIGMA:
        state = one(state, message, order)
    return [before ^ low ^ high for before, low, high in zip(h, state[:8], state[8:])]
