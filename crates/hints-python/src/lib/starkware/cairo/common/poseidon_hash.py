"""The Poseidon hash; names and messages are cairo-lang's."""

from starkware.cairo.common.poseidon_utils import PoseidonParams, hades_permutation
from starkware.python.utils import blockify, from_bytes, to_bytes


def _or_default(params):
    return PoseidonParams.get_default_poseidon_params() if params is None else params


def poseidon_perm(*elements):
    assert len(elements) == 3, f"Only the case of 3 elements is supported, got {elements}."
    return hades_permutation(list(elements), _or_default(None))


def poseidon_hash_func(x, y):
    return to_bytes(poseidon_perm(from_bytes(x), from_bytes(y), 2)[0])


def poseidon_hash(x, y, poseidon_params=None):
    return hades_permutation([x, y, 2], _or_default(poseidon_params))[0]


def poseidon_hash_single(x, poseidon_params=None):
    return hades_permutation([x, 0, 1], _or_default(poseidon_params))[0]


def poseidon_hash_many(array, poseidon_params=None):
    # The permutation is that of the default parameters, whatever is given.
    return poseidon_hash_many_given_poseidon_perm(array, poseidon_perm, poseidon_params)


def poseidon_hash_many_given_poseidon_perm(array, poseidon_perm, poseidon_params=None):
    params = _or_default(poseidon_params)
    values = [*array, 1]
    values += [0] * (-len(values) % params.r)
    state = [0] * params.m
    for block in blockify(values, params.r):
        mixed = [old + new for old, new in zip(state, block)]
        state = list(poseidon_perm(*mixed, *state[-1:]))
    return state[0]
