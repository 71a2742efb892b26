# starkware.python.math_utils: numbers.
from starkware.python import math_utils as m

random.seed(1)
SMALL = list(range(-6, 40))


def modulus():
    kind = random.randrange(6)
    if kind == 0:
        return number()
    if kind == 1:
        return 2 * random.getrandbits(200) + random.randrange(2)
    return prime()


check("safe_div", m.safe_div, some(200, number, number) + [(a * b, b) for a, b in some(100, number, number)] + [("1", 1), (1, None)])
check("div_ceil", m.div_ceil, some(200, number, number) + [(1.5, 2)])
check("div_mod", m.div_mod, some(400, number, number, modulus) + [(a, b, c) for a in (0, 5) for b in SMALL for c in (-7, -1, 0, 1, 2, 12, 13)] + [(1, "x", 7), (1, [], 7), (1, 3.0, 7)])
check("igcdex", lambda a, b: (lambda x, y, g: (x * a + y * b == g, g))(*m.igcdex(a, b)), some(200, number, number) + [(a, b) for a in SMALL for b in SMALL[::3]])
check("next_power_of_2", m.next_power_of_2, some(200, number) + [(n,) for n in SMALL] + [("a",), (1.0,)])
check("is_power_of_2", m.is_power_of_2, some(200, number) + [(2**n,) for n in range(70)] + [("a",), (2.0,), (True,)])
check("prev_power_of_2", m.prev_power_of_2, some(200, number) + [(n,) for n in SMALL] + [("a",)])
check("log2_ceil", m.log2_ceil, some(200, number) + [(n,) for n in SMALL])
check("safe_log2", m.safe_log2, some(100, lambda: number(400)) + [(2**n,) for n in range(0, 200)])
check("exponent_to_numerator_denominator", m.exponent_to_numerator_denominator, [(n,) for n in range(-60, 60)])
check("isqrt", m.isqrt, some(200, lambda: number(600)) + [(n,) for n in SMALL])
check("is_quad_residue", m.is_quad_residue, some(400, number, prime) + [(a, p) for a in SMALL for p in SMALL])
check("is_quad_residue_composite", m.is_quad_residue, some(200, lambda: number(60), lambda: random.randrange(1, 10**6)) + [(x, 2**a * 3**b * 7) for x in SMALL for a in range(5) for b in range(3)])
check("is_quad_residue_types", m.is_quad_residue, [(True, 7), (3, True), ("a", 7), (2.0, 7), (None, 7), (3, -7), (3, 0)])
check("sqrt", m.sqrt, some(150, number, prime) + [(pow(a, 2, p), p) for a, p in some(250, number, prime)] + [(a, p) for a in SMALL for p in (2, 3, 5, 7, 11, 13, 17)])
check("sqrt_composite", m.sqrt, [(pow(a, 2, n), n) for a, n in some(150, lambda: number(60), lambda: random.randrange(1, 10**5))] + [(x, n) for x in SMALL for n in (1, 4, 8, 9, 16, 27, 32, 72, 100, 144, 1001, -7, 35 * 37)])
check("sqrt_types", m.sqrt, [(True, 7), ("a", 7), (2.0, 7), (None, 7)])
check("y_squared_from_x", m.y_squared_from_x, some(200, number, number, number, prime))
check("horner_eval", m.horner_eval, [([number() for _ in range(random.randrange(6))], number(), prime()) for _ in range(200)])
check("pow_cached", m.pow_cached, some(100, lambda: number(60), lambda: random.getrandbits(50), prime))
check("pow_mod", lambda v, e, p: [int(x) for x in m.pow_mod(v, e, p)], [([2**70 + random.randrange(100) for _ in range(3)], random.randrange(20), random.choice([17, 65537])) for _ in range(40)])


def transform(function, size, p, generator, reverse):
    root = pow(generator, (p - 1) // size, p)
    return [int(x) for x in function([random.Random(size).randrange(p) for _ in range(size)], root, p, reverse)]


SIZES = [(n, p, g, r) for n in (1, 2, 4, 8, 16) for p, g in ((STARK, 3), (65537, 3)) for r in (False, True)]
check("fft", lambda *case: transform(m.fft, *case), SIZES)
check("ifft", lambda *case: transform(m.ifft, *case), SIZES)
check("fft_refused", m.fft, [([], 3, 17), ([1, 2, 3], 3, 17)])
