"""Numbers of three limbs and the curve secp256k1 (SEC 2, 2.4.1); the names are cairo-lang's."""

from starkware.cairo.common.cairo_secp import secp256r1_utils
from starkware.cairo.common.math_utils import as_int

BASE = 1 << 86
SECP_P = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEFFFFFC2F
N = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141
ALPHA = 0
BETA = 7


def split(num):
    num, low = divmod(num, BASE)
    num, middle = divmod(num, BASE)
    num, high = divmod(num, BASE)
    assert num == 0
    return [low, middle, high]


def pack(z, prime):
    low, middle, high = z.d0, z.d1, z.d2
    # The least significant limb is looked at first, which an error shows.
    low, middle, high = as_int(low, prime), as_int(middle, prime), as_int(high, prime)
    return low + middle * BASE + high * (BASE * BASE)


class Curve:
    """The parameters of a curve y^2 = x^3 + alpha * x + beta over a prime field."""

    __hash__ = None
    __match_args__ = ("prime", "alpha", "beta", "order")

    def __init__(self, prime, alpha, beta, order):
        self.prime = prime
        self.alpha = alpha
        self.beta = beta
        self.order = order

    def _fields(self):
        return tuple(getattr(self, name) for name in self.__match_args__)

    def __eq__(self, other):
        if other.__class__ is not self.__class__:
            return NotImplemented
        return self._fields() == other._fields()

    def __repr__(self):
        fields = zip(self.__match_args__, self._fields())
        return f"Curve({', '.join(f'{name}={value!r}' for name, value in fields)})"


SECP256K1 = Curve(SECP_P, ALPHA, BETA, N)
SECP256R1 = Curve(
    secp256r1_utils.SECP256R1_P,
    secp256r1_utils.SECP256R1_ALPHA,
    secp256r1_utils.SECP256R1_BETA,
    secp256r1_utils.SECP256R1_N,
)
