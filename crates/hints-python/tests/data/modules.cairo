// The modules hints can import.
func main() {
    %{
        import math, itertools, functools, collections, re, json, typing, dataclasses, enum
        import operator, copy, string, bisect, heapq, random, hashlib, struct, contextlib, fractions
        print(math.isqrt(10**40), math.log2(8), math.gcd(12, 18))
        print(list(itertools.combinations('abc', 2)), list(itertools.accumulate([1, 2, 3])))
        print(functools.reduce(operator.mul, range(1, 20)))
        @functools.lru_cache(None)
        def fib(n):
            return n if n < 2 else fib(n - 1) + fib(n - 2)
        print(fib(90))
        print(collections.Counter('abracadabra').most_common(2), collections.defaultdict(list), collections.deque([1, 2], maxlen=2))
        P = collections.namedtuple('P', 'x y')
        print(P(1, 2), P(1, 2)._replace(x=3))
        print(re.findall(r'(\w)(\d+)', 'a1 b22'), re.sub('b+', lambda m: str(len(m.group())), 'abbb'))
        print(json.dumps({'a': [1, None, True, 2**80], 'b': 'ä'}), json.loads('{"k": [1.5, -2, "x"]}'))
        @dataclasses.dataclass(frozen=True)
        class D:
            a: int
            b: typing.List[int] = dataclasses.field(default_factory=list)
        print(D(1), D(1) == D(1, []), dataclasses.asdict(D(2, [3])))
        class Color(enum.Enum):
            RED = 1
            BLUE = enum.auto()
        print(Color.RED, list(Color), Color(2).name)
        print(copy.deepcopy([[1], {2: 3}]), string.ascii_lowercase[:3])
        print(bisect.bisect([1, 3, 5], 3), heapq.nsmallest(2, [5, 1, 4]))
        random.seed(0)
        print(random.randint(0, 10**6), random.random(), random.sample(range(100), 3), random.getrandbits(70))
        print(hashlib.sha256(b'abc').hexdigest(), hashlib.sha3_256(b'').hexdigest()[:8], hashlib.blake2s(b'x').hexdigest()[:8], hashlib.md5(b'').hexdigest())
        print(struct.pack('<IQ', 1, 2), struct.unpack('>H', b'\x01\x02'))
        @contextlib.contextmanager
        def ctx():
            print('in'); yield 5; print('out')
        with ctx() as c:
            print(c)
        print(fractions.Fraction(6, 4) + 1)
        import os.path, io, decimal, datetime, statistics
        print(os.path.join('a', 'b'), io.StringIO('x').read(), decimal.Decimal('1.1') + 1, datetime.date(2020, 1, 2), statistics.mean([1, 2]))
    %}
    [ap] = 1, ap++;
    %{
        from starkware.python.math_utils import div_mod, safe_div, isqrt, is_quad_residue, sqrt, log2_ceil, div_ceil
        from starkware.cairo.common.math_utils import as_int, assert_integer, is_positive
        from starkware.python.utils import to_bytes, from_bytes, blockify
        import starkware.python.math_utils as mu
        print(div_mod(3, 7, 11), safe_div(12, 4), isqrt(99), is_quad_residue(5, 11), is_quad_residue(6, 11), sqrt(5, 11), log2_ceil(9), div_ceil(7, 2))
        print(mu.next_power_of_2(9), mu.is_power_of_2(8), mu.prev_power_of_2(9), mu.ec_double((1, 2), 1, 17), mu.ec_add((1, 2), (3, 4), 17), mu.ec_mult(11, (3, 4), 2, 2**61 - 1))
        p = 2**255 - 19
        print(sqrt(pow(1234567, 2, p), p), is_quad_residue(2, p))
        print(as_int(PRIME - 5, PRIME), as_int(5, PRIME), is_positive(PRIME - 1, PRIME, 2**128))
        print(to_bytes(5), from_bytes(b'\x01\x00'), list(blockify([1, 2, 3], 2)))
        for f in [lambda: div_mod(1, 0, 7), lambda: safe_div(7, 2), lambda: assert_integer(ap), lambda: is_positive(2**200, PRIME, 2**128), lambda: isqrt(-1), lambda: mu.recover_y(2, 0, 3, 7)]:
            try:
                print(f())
            except Exception as e:
                print(type(e).__name__, e)
        try:
            import nonexistent_module
        except ImportError as e:
            print(type(e).__name__, e)
        try:
            from math import nope
        except ImportError as e:
            print(type(e).__name__)
    %}
    return ();
}
