# Runs before every script of this folder, in the interpreter under test and in the reference's.
import hashlib
import operator
import random

STARK = 2**251 + 17 * 2**192 + 1
SECP256K1 = 2**256 - 2**32 - 977
SECP256R1 = 2**256 - 2**224 + 2**192 + 2**96 - 1
ED25519 = 2**255 - 19
BLS = 0x73EDA753299D7D483339D80809A1D80553BDA402FFFE5BFEFFFFFFFF00000001
BN = 21888242871839275222246405745257275088696311157297823662689037894645226208583
LARGE = 2**521 - 1
PRIMES = [STARK, SECP256K1, SECP256R1, ED25519, BLS, BN, LARGE, 2**127 - 1, 65537, 17, 13, 7, 5, 3]
EDGES = [0, 1, 2, 3, 4, 7, 8, -1, -2, 2**64 - 1, 2**64, 2**128, 2**251, 2**256 - 1, 2**256, -(2**256)]
EDGES += [STARK - 1, STARK, STARK + 1, STARK // 2, STARK // 2 + 1, SECP256K1, 2**1600 + 12345]

# Of these the interpreters word the messages differently.
UNWORDED = (TypeError, ZeroDivisionError, RecursionError, OverflowError, MemoryError)


def plain(value):
    if isinstance(value, bool) or type(value).__name__ in ("bool_", "bool"):
        return str(bool(value))
    if isinstance(value, (bytes, bytearray)):
        return value.hex()
    if isinstance(value, str):
        return repr(value)
    if callable(value):
        return "a function"
    if isinstance(value, dict):
        return "{" + ", ".join(sorted(plain(item) for item in value.items())) + "}"
    if type(value).__name__ == "EcInfinity":
        return "infinity"
    try:
        return str(operator.index(value))
    except TypeError:
        pass
    if isinstance(value, tuple):
        return "(" + ", ".join(map(plain, value)) + ")"
    try:
        return "[" + ", ".join(map(plain, value)) + "]"
    except TypeError:
        return repr(value)


def outcome(function, args):
    try:
        return plain(function(*args))
    except Exception as error:
        if isinstance(error, UNWORDED):
            return type(error).__name__
        return f"{type(error).__name__}: {error}".replace("\n", "\\n")


def check(name, function, cases):
    lines = [outcome(function, args) for args in cases]
    digest = hashlib.sha256("\n".join(lines).encode()).hexdigest()
    print(name, len(lines), digest[:24])
    if VERBOSE:
        for args, line in zip(cases, lines):
            print("   ", name, plain(args)[:400], "->", line)


def number(bits=256):
    """A number that is as often short as long, or at an edge."""
    kind = random.randrange(8)
    if kind == 0:
        return random.choice(EDGES)
    if kind == 1:
        return random.randrange(20)
    if kind == 2:
        return -random.getrandbits(random.randrange(1, bits))
    return random.getrandbits(random.randrange(1, bits + 1))


def some(count, *makers):
    return [tuple(make() for make in makers) for _ in range(count)]


def prime():
    return random.choice(PRIMES)
