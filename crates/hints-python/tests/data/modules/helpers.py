# Small helpers: felts as signed numbers, limbs, bytes and lists, dictionaries of Cairo, deduction rules.
from starkware.cairo.common import math_utils as m
from starkware.cairo.common.cairo_secp import secp256r1_utils, secp_utils as c
from starkware.cairo.lang.builtins.ec.ec_op_builtin_runner import ec_op_auto_deduction_rule_wrapper
from starkware.cairo.lang.builtins.keccak.keccak_builtin_runner import keccak_auto_deduction_rule_wrapper
from starkware.cairo.lang.builtins.modulo import mod_builtin_runner as mod
from starkware.cairo.lang.builtins.signature.signature_builtin_runner import signature_rule_wrapper
from starkware.cairo.lang.cairo_constants import DEFAULT_PRIME
from starkware.cairo.lang.vm.relocatable import RelocatableValue
from starkware.crypto.signature.signature import EC_GEN, SHIFT_POINT
from starkware.python import utils as u

random.seed(6)
check("as_int", m.as_int, some(200, number, prime) + [("a", 7), (None, 7), (True, 7)])
check("assert_integer", m.assert_integer, [(n,) for n in (0, 5, -1, True, "a", None, 1.5, [])])
check("is_positive", m.is_positive, [(number(), prime(), 2 ** random.choice([64, 128, 250])) for _ in range(200)])


class Limbs:
    def __init__(self, *limbs):
        self.d0, self.d1, self.d2 = limbs


check("split", c.split, some(200, lambda: number(259)))
check("pack", lambda p, *limbs: c.pack(Limbs(*limbs), p), [(prime(), number(), number(), number()) for _ in range(200)] + [(7, 1, "a", None), (7, "x", "a", 2)])
check("secp_constants", lambda: (c.BASE, c.SECP_P, c.N, c.ALPHA, c.BETA, repr(c.SECP256K1), repr(c.SECP256R1), c.SECP256R1 == c.SECP256K1, c.SECP256K1 == c.Curve(c.SECP_P, 0, 7, c.N), secp256r1_utils.SECP256R1_P, secp256r1_utils.SECP256R1_N, secp256r1_utils.SECP256R1_ALPHA, secp256r1_utils.SECP256R1_BETA), [()])
check("default_prime", lambda: DEFAULT_PRIME, [()])
check("mod_builtin_constants", lambda: (mod.MAX_N, mod.INPUT_NAMES, mod.MEMORY_VAR_NAMES, mod.INPUT_CELLS, mod.ADDITIONAL_MEMORY_UNITS), [()])

check("to_bytes", u.to_bytes, [(number(),) for _ in range(60)] + [(number(), random.choice([None, 1, 32, 40]), random.choice([None, "big", "little"]), random.choice([None, True, False])) for _ in range(140)] + [(1, 2, "middle")])
check("from_bytes", u.from_bytes, [(random.getrandbits(8 * n).to_bytes(n, "big"), order, signed) for n in range(34) for order in (None, "big", "little") for signed in (None, True, False)])
check("hex_to_bytes", u.hex_to_bytes, [("0x123",), ("ABcd",), ("",), ("xyz",), ("0x",)])
check("hex_texts", lambda t: (u.from_hex_str_to_bytes_str(t), u.from_hex_str_to_decimal_str(t)), [("0x123",), ("ff",), ("zz",)])
check("blockify", lambda d, n: list(u.blockify(d, n)), [(list(range(n)), k) for n in range(7) for k in range(-1, 5)] + [(b"abcdef", 4), ("text", 3), ((1, 2, 3), 2)])
check("iter_blockify", lambda d, n: list(u.iter_blockify(iter(d), n)), [(list(range(n)), k) for n in range(7) for k in range(-1, 5)])
check("safe_zip", lambda *d: list(u.safe_zip(*d)), [([1, 2], "ab"), ([], []), ([1], []), ([1, 2], [1], [1, 2, 3]), ()])
check("assert_same_and_get", u.assert_same_and_get, [(5, 5), (1,), (1, 2), ()])
check("assert_exhausted", lambda d: u.assert_exhausted(iter(d)), [([],), ([1],)])
check("unique", u.unique, [([3, 1, 3, 2, 1],), ("hello",)])
check("unique_ordered_union", u.unique_ordered_union, [([3, 1], [1, 9, 3, 4])])
check("as_non_optional", u.as_non_optional, [(5,), (0,), (None,)])
check("counters", lambda a, b: (u.add_counters(a, b), u.sub_counters(a, b), u.multiply_counter_by_scalar(3, a), list(u.add_counters(a, b))), [({1: 2, 5: 6}, {5: 1, 7: 9})])
check("subtract_mappings", u.subtract_mappings, [({1: 2, 3: 4, 5: 6}, {1: 2, 3: 5})])
check("is_in_sorted_sequence", u.is_in_sorted_sequence, [([1, 3, 5], n) for n in range(7)] + [([], 1)])
check("indent", u.indent, [(t, i) for t in ("", "a", "a\nb\n", "\n\na\n\n b\n", "x\n\n") for i in (0, 2, "# ", None)])
check("join_lines", u.join_lines, [(["a", "b"],), ([],)])
check("remove_trailing_spaces", u.remove_trailing_spaces, [("hello \nworld   \n",), (" a  b \t \n",), ("",)])
check("to_ascii_string", u.to_ascii_string, [("aäz€",)])
check("camel_to_snake_case", u.camel_to_snake_case, [("CamelToSnake",), ("a",), ("ABC",), ("xÄy",)])
check("snake_to_camel_case", u.snake_to_camel_case, [("snake_to_camel",), ("_x_1a_b",), ("",), ("Ab_C_d",)])
check("should_discard_key", u.should_discard_key, [("abcd", ["x", "bc"]), ("abcd", [])])
check("composite", lambda: u.composite(lambda x: x * 5, lambda x, y: x + y)(2, 3), [()])
check("composite_refused", u.composite, [()])
check("get_exception_repr", u.get_exception_repr, [(ValueError("a"),), (KeyError(5),)])


def write_once(*items):
    made = u.WriteOnceDict()
    for key, value in items:
        made[key] = value
    return dict(made)


check("WriteOnceDict", write_once, [((1, 2), (3, 4)), ((1, 2), (1, 2)), ((1, 2), (1, 5))])


def random_bytes(seed, n):
    return u.get_random_bytes(u.initialize_random(seed=seed), n=n)


check("get_random_bytes", random_bytes, [(1, 5), (7, 40)])

check("relocatable", lambda a, b: (a + 3, 4 + a, a - 1, a % 5, a == b, a < b, a <= b, a > 5, 5 < a, str(a), repr(b), hash(a) == hash(RelocatableValue(1, 2)), a - b), [(RelocatableValue(1, 2), RelocatableValue(1, 7)), (RelocatableValue(1, 2), RelocatableValue(2, 2)), (RelocatableValue(-1, 9), RelocatableValue(1, 0))])


class Vm:
    """As much of a machine as rules look at."""

    def __init__(self, cells):
        self.run_context = self
        self.memory = cells

    def is_integer_value(self, value):
        return isinstance(value, int)


def at(offset):
    return RelocatableValue(3, offset)


def deduced(wrapper, cells, *offsets):
    cache = {}
    rule = wrapper(cache)
    vm = Vm({at(offset): value for offset, value in cells.items()})
    found = [rule(vm, at(offset)) for offset in offsets]
    return found, [(str(key), value) for key, value in cache.items()]


inputs = [*SHIFT_POINT, *EC_GEN, 34]
check("ec_op_rule", lambda *case: deduced(ec_op_auto_deduction_rule_wrapper, *case), [(dict(enumerate(inputs)), 0, 4, 5, 6, 5), (dict(enumerate(inputs[:4])), 5), ({7 + i: v for i, v in enumerate(inputs)}, 12, 13), (dict(enumerate([1, 2, 3, 4, 5])), 5), (dict(enumerate(inputs[:4] + [2**252])), 6), (dict(enumerate(inputs[:4] + [at(1)])), 6), (dict(enumerate([*EC_GEN, *EC_GEN, 3])), 5)])
state = [random.getrandbits(200) for _ in range(8)]
check("keccak_rule", lambda *case: deduced(keccak_auto_deduction_rule_wrapper, *case), [(dict(enumerate(state)), 0, 7, 8, 9, 15, 8), (dict(enumerate(state[:7])), 8), (dict(enumerate(state[:7] + [2**200])), 8), (dict(enumerate(state[:7] + [-1])), 8), (dict(enumerate(state[:7] + [at(2)])), 8)])


def signature_rule(cells, known, *offsets):
    memory = {at(offset): value for offset, value in cells.items()}
    rule = signature_rule_wrapper(lambda key, message, signature: signature == (key, message), {at(offset): pair for offset, pair in known.items()})
    return [sorted(str(address) for address in rule(memory, at(offset))) for offset in offsets]


check("signature_rule", signature_rule, [({0: 5}, {}, 0), ({1: 5}, {}, 1), ({0: 5, 1: 6}, {0: (5, 6)}, 0, 1), ({0: 5, 1: 6}, {}, 0), ({0: 5, 1: 6}, {0: (1, 2)}, 1), ({0: at(9), 1: 6}, {}, 1), ({0: 5, 1: at(9)}, {}, 1)])


class Memory:
    """As much of the segments as dictionaries need."""

    def __init__(self):
        self.next = 0

    def add(self):
        self.next += 1
        return RelocatableValue(self.next, 0)

    def add_temp_segment(self):
        return RelocatableValue(-1 - self.next, 0)

    def gen_arg(self, value):
        return value if isinstance(value, int) else self.add()


def dictionaries():
    from starkware.cairo.common.dict import DictManager, DictTracker

    segments, manager = Memory(), DictManager()
    first = manager.new_dict(segments, {1: 2, 3: [4]})
    second = manager.new_default_dict(segments, 17)
    third = manager.new_default_dict(segments, 5, temp_segment=True)
    tracker = manager.get_tracker(first)
    tracker.current_ptr += 3
    seen = [str(first), str(second), str(third), repr(tracker), tracker == DictTracker(tracker.data, first + 3), sorted(manager.trackers), manager.get_dict(second)[99], repr(manager.get_dict(first + 3))]
    for pointer in (first, RelocatableValue(77, 0), second + 1):
        seen.append(outcome(manager.get_tracker, (pointer,)))
    return seen


check("DictManager", dictionaries, [()])
