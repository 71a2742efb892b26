# Curve points of starkware.python.math_utils, crypto.signature and the EC operation.
from starkware.cairo.lang.builtins.ec import ec_op_builtin_runner as e
from starkware.cairo.lang.vm.cairo_runner import process_ecdsa, verify_ecdsa_sig
from starkware.cairo.lang.vm.crypto import pedersen_hash, pedersen_hash_func, verify_ecdsa
from starkware.crypto.signature import fast_pedersen_hash as f
from starkware.crypto.signature import math_utils as sm
from starkware.crypto.signature import signature as s
from starkware.python import math_utils as m

random.seed(2)
ORDER = s.EC_ORDER
CURVES = [
    (s.ALPHA, s.BETA, STARK, tuple(s.EC_GEN)),
    (0, 7, SECP256K1, (0x79BE667EF9DCBBAC55A06295CE870B07029BFCDB2DCE28D959F2815B16F81798, 0x483ADA7726A3C4655DA4FBFC0E1108A8FD17B448A68554199C47D08FFB10D4B8)),
    (SECP256R1 - 3, 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B, SECP256R1, (0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296, 0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5)),
]


def point(curve):
    alpha, beta, p, base = curve
    return m.ec_safe_mult(random.choice([1, 2, 3, 5, random.getrandbits(200)]), base, alpha, p)


def scalar():
    return random.choice([0, 1, 2, 3, 4, 7, random.getrandbits(8), random.getrandbits(251), ORDER - 1, ORDER - 2, ORDER, ORDER + 1])


def positive():
    return random.choice([1, 2, 3, 4, 7, random.getrandbits(8) | 1, random.getrandbits(251) | 1, ORDER - 2])


pairs = []
for _ in range(200):
    curve = random.choice(CURVES)
    a, b = point(curve), point(curve)
    pairs.append((curve, a, random.choice([b, b, b, a, (a[0], -a[1] % curve[2]), (a[0] + curve[2], a[1])])))
check("line_slope", m.line_slope, [(a, b, c[2]) for c, a, b in pairs])
check("ec_add", m.ec_add, [(a, b, c[2]) for c, a, b in pairs])
check("ec_add_lists", m.ec_add, [(list(a), list(b), c[2]) for c, a, b in pairs[:20]])
check("ec_double_slope", m.ec_double_slope, [(a, c[0], c[2]) for c, a, b in pairs] + [((1, 0), 1, 7), ((3, 14), 1, 7), ((1, 2), 1, 9), ((1, 3), 1, 9)])
check("ec_double", m.ec_double, [(a, c[0], c[2]) for c, a, b in pairs] + [((1, 0), 1, 7)])
check("ec_safe_add", m.ec_safe_add, [(a, b, c[0], c[2]) for c, a, b in pairs] + [(m.EC_INFINITY, (1, 2), 1, 7), ((1, 2), m.EC_INFINITY, 1, 7), (m.EC_INFINITY, m.EC_INFINITY, 1, 7)])
check("ec_mult", m.ec_mult, [(positive(), a, c[0], c[2]) for c, a, b in pairs] + [(ORDER, s.EC_GEN, 1, STARK), (ORDER + 1, s.EC_GEN, 1, STARK)])
# Small fields have points of small order, where sums fail.
SMALL = [(n, (x, y), a, p) for p in (7, 13, 17, 15, 16) for a in (0, 1) for n in (1, 2, 3, 5, 6, 9, 14) for x in range(0, p, 3) for y in range(0, p, 2)]
check("ec_mult_small", m.ec_mult, SMALL)
check("ec_mult_refused", m.ec_mult, [(0, (1, 2), 1, 7), (-3, (5, 1), 1, 17), (2**700, s.EC_GEN, 1, STARK)])
check("ec_safe_mult", m.ec_safe_mult, [(scalar(), a, c[0], c[2]) for c, a, b in pairs] + [(5, m.EC_INFINITY, 1, 7), (0, (1, 2), 1, 7)])
check("ec_safe_mult_small", m.ec_safe_mult, [case for case in SMALL if case[3] in (7, 13, 17)])
xs = [(number(), *random.choice(CURVES)[:3]) for _ in range(200)]
check("recover_y", m.recover_y, xs)
check("random_ec_point", lambda p, a, b, seed: m.random_ec_point(p, a, b, seed), [(c[2], c[0], c[1], random.getrandbits(64).to_bytes(8, "big")) for c in CURVES * 60] + [(17, 1, 3, b""), (2**521 - 1, 1, 3, b"x"), (4, 0, 3, b"z"), (3, 0, 2, b"z")])


def unseeded(c):
    random.seed(77)
    x, y = m.random_ec_point(c[2], c[0], c[1])
    return x, y, m.safe_random_ec_point(c[2], c[0], c[3], ORDER)


check("random_ec_point_unseeded", unseeded, [(c,) for c in CURVES])
random.seed(3)
check("ec_neg", sm.ec_neg, [(a, c[2]) for c, a, b in pairs[:30]])
check("sqrt_mod", sm.sqrt_mod, [(pow(number(), 2, STARK), STARK) for _ in range(40)])
check("constants", lambda: (s.FIELD_PRIME, s.FIELD_GEN, s.ALPHA, s.BETA, s.EC_ORDER, s.SHIFT_POINT, s.MINUS_SHIFT_POINT, s.EC_GEN, s.N_ELEMENT_BITS_ECDSA, s.N_ELEMENT_BITS_HASH, s.CONSTANT_POINTS, s.PEDERSEN_PARAMS["CONSTANT_POINTS"]), [()])


def felt():
    return random.choice([0, 1, STARK - 1, random.getrandbits(250), random.getrandbits(8), random.getrandbits(251)])


def any_felt():
    return random.choice([felt(), felt(), STARK, -1, 2**256])


check("pedersen_hash", pedersen_hash, some(200, any_felt, any_felt))
check("pedersen_hash_func", pedersen_hash_func, [(felt().to_bytes(32, "big"), felt().to_bytes(32, "big")) for _ in range(40)] + [(b"", b"")])
check("slow_pedersen_hash", s.pedersen_hash, some(20, any_felt, any_felt) + some(6, any_felt) + [(), (1, 2, 3)])
check("pedersen_hash_as_point", s.pedersen_hash_as_point, some(10, felt, felt))
keys = [random.randrange(1, ORDER) for _ in range(12)]
check("private_to_stark_key", s.private_to_stark_key, [(k,) for k in keys] + [(0,), (ORDER,), (1,), (-1,)])
signed = [(random.choice([1, random.getrandbits(251), random.getrandbits(250), random.getrandbits(247)]), k) for k in keys * 3]
check("sign", s.sign, signed + [(5, keys[0], 7), (5, keys[1], 2**40), (2**251, 1), (-1, 1), (0, 5)])
check("generate_k_rfc6979", s.generate_k_rfc6979, signed + [(2**247 + 1, 3, 4), (2**248, 9), (ORDER, 9)])
signatures = [(msg, *s.sign(msg, k), s.private_key_to_ec_point_on_stark_curve(k)) for msg, k in signed[:12]]
check("verify", s.verify, [(msg, r, t, key[0]) for msg, r, t, key in signatures] + [(msg, r, t, key) for msg, r, t, key in signatures] + [(msg ^ 1, r, t, key[0]) for msg, r, t, key in signatures[:4]] + [(5, 0, 1, 2), (5, 1, 0, 2), (5, 2**251, 1, 2), (2**251, 1, 1, 2), (5, 7, ORDER, 2), (5, 7, 9, 5), (0, 7, 9, signatures[0][3][0]), (5, 7, 9, (1, 1)), (0, 7, 9, signatures[0][3]), (1, 7, 9, tuple(s.EC_GEN)), (1, 7, 9, tuple(s.SHIFT_POINT))])
check("verify_ecdsa", verify_ecdsa, [(msg, r, t, key[0]) for msg, r, t, key in signatures[:3]])
check("verify_ecdsa_sig", verify_ecdsa_sig, [(key[0], msg, (r, t)) for msg, r, t, key in signatures[:3]])
check("process_ecdsa", process_ecdsa, [(key[0], msg, (r, t)) for msg, r, t, key in signatures[:6]])
check("is_valid_stark_key", s.is_valid_stark_key, [(felt(),) for _ in range(60)])
check("get_y_coordinate", s.get_y_coordinate, [(felt(),) for _ in range(60)] + [(-3,), (STARK + 9,)])
check("is_point_on_curve", s.is_point_on_curve, [a for c, a, b in pairs[:40]])
check("is_valid_stark_private_key", s.is_valid_stark_private_key, [(0,), (1,), (ORDER,), (ORDER - 1,)])
check("inv_mod_curve_size", s.inv_mod_curve_size, some(60, number))
check("mimic_ec_mult_air", s.mimic_ec_mult_air, [(random.getrandbits(251), tuple(s.EC_GEN), s.MINUS_SHIFT_POINT) for _ in range(12)] + [(0, s.EC_GEN, s.SHIFT_POINT), (2**251, s.EC_GEN, s.SHIFT_POINT), (1, s.EC_GEN, s.EC_GEN), (5, (s.EC_GEN[0], s.EC_GEN[1]), m.ec_double(s.EC_GEN, 1, STARK))])
check("grind_key", s.grind_key, [(random.getrandbits(random.randrange(1, 256)), random.choice([ORDER, 2**255 + 1, 10])) for _ in range(60)] + [(0, 5)])
starks = [point(CURVES[0]) for _ in range(20)]
check("ec_op_impl", e.ec_op_impl, [(*a, *b, random.choice([0, 1, random.getrandbits(251), 2**256 - 1]), 1, STARK, h) for a, b in zip(starks[::2], starks[1::2]) for h in (3, 256)] + [(*starks[0], *starks[0], 5, 1, STARK, 256), (*m.ec_double(s.EC_GEN, 1, STARK), *s.EC_GEN, 0, 1, STARK, 256), (1, 2, 3, 0, 1, 1, 17, 4)])
check("point_on_curve", e.point_on_curve, [(*a, *c[:3]) for c, a, b in pairs[:60]] + [(1, 1, 1, 1, 17)])
