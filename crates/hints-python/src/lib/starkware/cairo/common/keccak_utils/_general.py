"""Keccak permutations of any size and on any numbers, one step after the other."""

from starkware.cairo.common.keccak_utils.keccak_utils import rot_left

# The feedback polynomial of the round constants' bits.
_FEEDBACK = 0x171


def rotations(w, u, alpha, beta):
    offsets = [[0] * u for _ in range(u)]
    visited = set()
    x, y, total = 1, 0, 0
    for step in range(1, u * u):
        visited.add((x, y))
        total = (total + step) % w
        offsets[x][y] = total
        x, y = y, (beta * x + alpha * y) % u
    assert len(visited) == u * u - 1
    return offsets


def constants(ell, rounds):
    register = 1
    for _ in range(12 + 2 * ell if rounds is None else rounds):
        constant = 0
        for bit in range(ell + 1):
            constant += (register & 1) << ((1 << bit) - 1)
            register <<= 1
            register ^= _FEEDBACK * (register >> 8)
        yield constant


def one_round(a, rho_offsets, rc, w, u, alpha, beta):
    side = range(u)
    parities = []
    for x in side:
        parity = a[x][0]
        for lane in a[x][1:]:
            parity ^= lane
        parities.append(parity)
    effects = [parities[(x - 1) % u] ^ rot_left(parities[(x + 1) % u], 1, w) for x in side]
    moved = [list(column) for column in a]
    for x in side:
        for y in side:
            lane = rot_left(a[x][y] ^ effects[x], rho_offsets[x][y], w)
            moved[y][(beta * x + alpha * y) % u] = lane
    out = [
        [moved[x][y] ^ (~moved[(x + 1) % u][y] & moved[(x + 2) % u][y]) for y in side]
        for x in side
    ]
    out[0][0] ^= rc
    return out


def permutation(values, ell, u, alpha, beta, rounds):
    matrix = [[values[u * y + x] for y in range(u)] for x in range(u)]
    width = 2**ell
    offsets = rotations(width, u, alpha, beta)
    for constant in constants(ell, rounds):
        matrix = one_round(matrix, offsets, constant, width, u, alpha, beta)
    return [matrix[x][y] for y in range(u) for x in range(u)]
