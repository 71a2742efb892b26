"""The Hades permutation behind Poseidon; names and results are cairo-lang's.

The parameters that everybody uses are native; others are computed in Python. Matrices are lists of
rows, where the original has numpy's arrays.
"""

import _cairo_native as _native

from starkware.cairo.lang.cairo_constants import DEFAULT_PRIME


def generate_round_constant(fn_name, field_prime, idx):
    from hashlib import sha256

    digest = sha256(f"{fn_name}{idx}".encode()).digest()
    return int.from_bytes(digest, "big") % field_prime


class MdsMatrix(list):
    """A square matrix as the list of its rows."""

    def __init__(self, coefficients):
        super().__init__(list(row) for row in coefficients)

    def dot_mod(self, vector, modulus):
        return [sum(a * b for a, b in zip(row, vector)) % modulus for row in self]


class SmallMds(MdsMatrix):
    """The matrix of the default parameters."""

    COEFFICIENTS = [[3, 1, 1], [1, -1, 1], [1, 1, -2]]

    def __init__(self):
        super().__init__(self.COEFFICIENTS)


class PoseidonParams:
    """A field, the rate r and capacity c, the numbers of full and partial rounds, a matrix."""

    poseidon_small_params = None

    def __init__(self, field_prime, r, c, r_f, r_p, mds):
        assert r_f % 2 == 0
        assert c <= r
        self.field_prime = field_prime
        self.r, self.c, self.m = r, c, r + c
        self.r_f, self.r_p = r_f, r_p
        self.n_rounds = r_f + r_p
        self.output_size = c
        rows = [list(row) for row in mds]
        self.mds = SmallMds() if rows == SmallMds.COEFFICIENTS else MdsMatrix(rows)
        self._ark = None

    @property
    def ark(self):
        """The round constants: a vector for each round."""
        if self._ark is None:
            self._ark = [
                [
                    generate_round_constant("Hades", self.field_prime, self.m * row + column)
                    for column in range(self.m)
                ]
                for row in range(self.n_rounds)
            ]
        return self._ark

    @classmethod
    def get_default_poseidon_params(cls):
        if cls.poseidon_small_params is None:
            cls.poseidon_small_params = cls(DEFAULT_PRIME, 2, 1, 8, 83, SmallMds.COEFFICIENTS)
        return cls.poseidon_small_params


def hades_round(values, params, is_full_round, round_idx):
    prime = params.field_prime
    values = [(value + key) % prime for value, key in zip(values, params.ark[round_idx])]
    cubed = range(len(values)) if is_full_round else [len(values) - 1]
    for place in cubed:
        values[place] = pow(values[place], 3, prime)
    return params.mds.dot_mod(values, prime)


def hades_permutation(values, params):
    assert len(values) == params.m
    if params is PoseidonParams.poseidon_small_params and all(type(x) is int for x in values):
        return _native.poseidon(*values)
    half = params.r_f // 2
    for number in range(params.n_rounds):
        is_full = not half <= number < half + params.r_p
        values = hades_round(values, params, is_full, number)
    return list(values)
