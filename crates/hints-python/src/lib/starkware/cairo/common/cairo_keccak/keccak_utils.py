"""The Keccak permutation, under its second name."""

from starkware.cairo.common.keccak_utils.keccak_utils import *  # noqa: F401,F403
