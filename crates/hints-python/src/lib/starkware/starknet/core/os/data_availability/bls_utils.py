"""Numbers of three signed limbs modulo the order of BLS12-381's groups; names are cairo-lang's."""

from starkware.cairo.common.math_utils import as_int

BASE = 1 << 86
BLS_PRIME = 0x73EDA753299D7D483339D80809A1D80553BDA402FFFE5BFEFFFFFFFF00000001


def split(num):
    num, low = divmod(num, BASE)
    high, middle = divmod(num, BASE)
    assert abs(high) < 2**127
    return [low, middle, high]


def pack(z, prime):
    low, middle, high = (as_int(limb, prime) for limb in (z.d0, z.d1, z.d2))
    return low + middle * BASE + high * (BASE * BASE)
