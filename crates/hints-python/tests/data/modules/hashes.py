# The hashes: Keccak, SHA-256, BLAKE2s, Poseidon, chains of Pedersen hashes.
from eth_hash.auto import keccak
from starkware.cairo.common import hash_chain, hash_state, poseidon_hash, poseidon_utils
from starkware.cairo.common.cairo_blake2s import blake2s_utils as b
from starkware.cairo.common.cairo_keccak import keccak_utils as ck
from starkware.cairo.common.cairo_sha256 import sha256_utils as s
from starkware.cairo.common.keccak_utils import keccak_utils as k

random.seed(4)


def word():
    return random.choice([0, 2**32 - 1, random.getrandbits(32), random.getrandbits(32), random.getrandbits(5)])


def odd_word():
    return random.choice([word(), word(), word(), word(), 2**32, 2**64 + 5, -1])


def words(count, make=word):
    return [make() for _ in range(count)]


check("blake2s_tables", lambda: (b.IV, b.SIGMA, b.PRIME), [()])
check("blake2s_compress", b.blake2s_compress, [(words(8), words(16), word(), word(), random.choice([0, 2**32 - 1]), 0) for _ in range(200)])
check("blake2s_compress_odd", b.blake2s_compress, [(words(random.choice([8, 8, 8, 7, 9]), odd_word), words(random.choice([16, 16, 20, 15]), odd_word), number(), number(), number(), number()) for _ in range(100)] + [(tuple(words(8)), words(16), 0, 0, 0, 0), (words(8), tuple(words(16)), 0, 0, 0, 0), (words(8), words(16), "", 0, 0, 0)])
check("blake_mix", b.mix, some(60, odd_word, odd_word, odd_word, odd_word, odd_word, odd_word))
check("blake_round", b.blake_round, [(words(16), words(16), b.SIGMA[random.randrange(10)]) for _ in range(40)])
check("blake_right_rot", b.right_rot, [(odd_word(), random.randrange(32)) for _ in range(60)])
check("blake_state_into_felt", b.blake_state_into_felt, [(words(8, odd_word),) for _ in range(60)] + [(words(8), 97)])
check("calculate_blake2s_hash_from_felt252s", b.calculate_blake2s_hash_from_felt252s, [([number() for _ in range(random.randrange(9))], random.choice([True, False]), random.choice([True, False])) for _ in range(120)] + [([1] * n, e, True) for n in (0, 2, 8, 16) for e in (False, True)])


class Segments:
    """Just enough of a memory."""

    def __init__(self):
        self.cells = {at: word() for at in range(40)}
        self.memory = self

    def get_range(self, start, size):
        return [self.cells[start + i] for i in range(size)]

    def __getitem__(self, at):
        return self.cells[at]

    def write_arg(self, at, values):
        self.cells.update({at + i: value for i, value in enumerate(values)})


def computed():
    segments = Segments()
    b.compute_blake2s_func(segments, 30)
    return segments.cells


check("compute_blake2s_func", computed, [()] * 40)
check("sha256_tables", lambda: (s.IV, s.ROUND_CONSTANTS, [(r.name, r.value) for r in s.SHA256BATCHResources]), [()])
check("compute_message_schedule", s.compute_message_schedule, [(words(16),) for _ in range(200)] + [(words(15),), (words(17),), (tuple(words(16)),)])
check("compute_message_schedule_odd", s.compute_message_schedule, [(words(16, odd_word),) for _ in range(60)])
check("sha2_compress_function", s.sha2_compress_function, [(words(8), s.compute_message_schedule(words(16))) for _ in range(200)])
check("sha2_compress_function_odd", s.sha2_compress_function, [(words(random.choice([8, 8, 8, 7]), odd_word), words(random.choice([64, 70, 63]), odd_word)) for _ in range(60)])
check("sha_256_update_state", s.sha_256_update_state, [(words(8), words(16)) for _ in range(60)])


def lane():
    return random.choice([0, 2**64 - 1, random.getrandbits(64), random.getrandbits(64)])


def odd_lane():
    return random.choice([lane(), lane(), lane(), 2**64, -1, 2**70 + 3])


check("keccak_func", k.keccak_func, [([lane() for _ in range(25)],) for _ in range(120)])
check("keccak_func_odd", k.keccak_func, [([odd_lane() for _ in range(random.choice([25, 25, 26, 24]))],) for _ in range(40)])
check("keccak_func_sizes", k.keccak_func, [([random.getrandbits(1 << ell) for _ in range(25)], ell, 5, 3, 2, rounds) for ell in range(7) for rounds in (None, 0, 3, 24)] + [([random.getrandbits(8) for _ in range(9)], 3, 3, 1, 1), ([1] * 9, 3, 3, 2, 2)])
check("keccak_f", k.keccak_f, [(random.getrandbits(8 * n).to_bytes(n, "big"),) for n in list(range(0, 200, 7)) + [200, 201]] + [(b"\xff" * 10, 2, 5, 3, 2, 4), (b"\x01", 0), (b"\xff\xff\xff\xff", 0)])
check("keccak_round", k.keccak_round, [([[lane() for _ in range(5)] for _ in range(5)], k.precompute_rho_offsets(64, 5, 3, 2), lane(), 64, 5, 3, 2) for _ in range(20)])
check("precompute_rho_offsets", k.precompute_rho_offsets, [(64, 5, 3, 2), (8, 5, 3, 2), (64, 3, 1, 1), (64, 5, 1, 1)])
check("precompute_rc", k.precompute_rc, [(n,) for n in range(7)] + [(6, 3)])
check("rot_left", k.rot_left, [(odd_lane(), n, 64) for n in range(64)])
check("cairo_keccak", ck.keccak_func, [([lane() for _ in range(25)],) for _ in range(5)])
check("eth_hash", keccak, [(bytes([n % 251]) * n,) for n in list(range(0, 60)) + list(range(130, 140)) + list(range(268, 280)) + [1000]] + [(bytearray(b"abc"),), ("abc",), (5,), (None,)])


def stepwise(*parts):
    image = keccak.new(parts[0])
    copies = [image.digest()]
    for part in parts[1:]:
        image.update(part)
        copies.append(image.copy().digest())
    return copies


check("eth_hash_new", stepwise, [(b"",), (b"a", b"b", b"c" * 200), (bytearray(b"x"), b""), ("x",)])
check("poseidon_perm", poseidon_hash.poseidon_perm, some(120, number, number, number) + [(1, 2), ()])
check("poseidon_hash", poseidon_hash.poseidon_hash, some(60, number, number))
check("poseidon_hash_single", poseidon_hash.poseidon_hash_single, some(60, number))
check("poseidon_hash_many", poseidon_hash.poseidon_hash_many, [([number() for _ in range(n)],) for n in range(30)] + [((1, 2),), (range(3),)])
check("poseidon_hash_func", poseidon_hash.poseidon_hash_func, [(random.getrandbits(250).to_bytes(32, "big"), b"\x05") for _ in range(10)])
params = poseidon_utils.PoseidonParams.get_default_poseidon_params()
other = poseidon_utils.PoseidonParams(field_prime=2**127 - 1, r=2, c=1, r_f=4, r_p=5, mds=[[2, 1, 1], [1, 2, 1], [1, 1, 2]])
check("poseidon_params", lambda: (params.field_prime, params.r, params.c, params.m, params.r_f, params.r_p, params.n_rounds, params.output_size, [list(row) for row in params.ark], [list(row) for row in params.mds]), [()])
check("hades_permutation", lambda *v: [int(x) for x in poseidon_utils.hades_permutation(list(v), other)], some(20, lambda: random.getrandbits(120), lambda: random.getrandbits(120), lambda: random.getrandbits(120)))
check("generate_round_constant", poseidon_utils.generate_round_constant, [("Hades", STARK, n) for n in range(10)] + [("x", 97, 3)])
chains = [([random.getrandbits(250) for _ in range(n)],) for n in range(12)]
check("compute_hash_chain", hash_chain.compute_hash_chain, chains)
check("compute_hash_on_elements", hash_state.compute_hash_on_elements, chains)
check("compute_hash_on_elements_without_length", hash_state.compute_hash_on_elements_without_length, chains)


def state(*groups):
    made = hash_state.HashState.init()
    for group in groups:
        if isinstance(group, list):
            made.update_with_hashchain(group)
        else:
            made.update_single(group)
    return made.current_hash, made.n_words, made.finalize(), made.finalized, made.finalize()


def state_once(*groups):
    made = hash_state.HashState.init()
    made.update_with_hashchain(list(groups))
    made.update_single(5)
    return made.finalize()


check("hash_state", state, [(1, [2, 3])])
check("hash_state_once", state_once, [(1, 2), ()])
