// Modules of the standard library that the program of the plain name leaves out.
// flags: --layout plain
// expect: ok
func main() {
    %{
        import abc, array, base64, binascii, calendar, cmath, collections.abc, contextlib, copy, datetime
        import decimal, enum, functools, graphlib, hashlib, heapq, hmac, inspect, io, itertools, json
        import math, numbers, operator, os.path, pprint, queue, random, re, statistics, string, struct
        import textwrap, types, typing, unicodedata, urllib.parse, warnings, weakref, zlib

        class Shape(abc.ABC):
            @abc.abstractmethod
            def area(self): ...
        print(Shape.__abstractmethods__, isinstance(3, numbers.Integral), isinstance([], collections.abc.Sequence))
        print(array.array('I', [1, 2]).tobytes(), base64.b64encode(b'cairo'), binascii.hexlify(b'\x01\xff'))
        print(calendar.isleap(2024), cmath.sqrt(-4), datetime.date(2024, 2, 28) + datetime.timedelta(days=2))

        @contextlib.contextmanager
        def entered(name):
            print('in', name)
            yield name
            print('out', name)
        with entered('a') as name, contextlib.suppress(KeyError):
            {}[name]
        with decimal.localcontext() as context:
            context.prec = 30
            print(decimal.Decimal(1) / decimal.Decimal(7), decimal.Decimal('1.10').normalize())

        class Flags(enum.IntFlag):
            A = 1
            B = 2
        print(Flags.A | Flags.B == 3, Flags(2).name, list(Flags))

        @functools.lru_cache(maxsize=None)
        def fib(n):
            return n if n < 2 else fib(n - 1) + fib(n - 2)
        print(fib(80), functools.cmp_to_key(lambda a, b: b - a)(1) < functools.cmp_to_key(lambda a, b: b - a)(0))
        print(list(graphlib.TopologicalSorter({'b': {'a'}, 'c': {'b'}}).static_order()))
        for name in ['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512', 'sha3_256', 'blake2s', 'blake2b']:
            print(name, hashlib.new(name, b'cairo').hexdigest()[:16])
        print(hmac.new(b'key', b'text', 'sha256').hexdigest()[:16], hashlib.shake_128(b'a').hexdigest(8))
        print(heapq.nlargest(2, [3, 9, 5]), list(heapq.merge([1, 4], [2, 3])), str(inspect.signature(fib)))
        print(io.StringIO('a\nb').readlines(), io.BytesIO(b'abc').read(2))
        print(list(itertools.groupby('aab', key=str.upper))[0][0], list(itertools.zip_longest([1], [2, 3], fillvalue=0)))
        print(list(itertools.pairwise([1, 2, 3])), list(itertools.combinations('abc', 2)), list(itertools.starmap(pow, [(2, 3)])))
        print(json.dumps([1, {'k': (2, 'ü')}], indent=1, ensure_ascii=False), json.loads('1e3'))
        print(math.gcd(12, 18), math.lcm(4, 6), math.prod([2, 3]), math.isclose(0.1 + 0.2, 0.3), math.perm(5, 2))
        print(operator.attrgetter('real')(3), operator.mul(3, 4), os.path.join('a', 'b'), os.path.splitext('a/b.txt'))
        pprint.pprint({'b': [1] * 3, 'a': 2})
        waiting = queue.Queue(); waiting.put(1); print(waiting.get(), waiting.empty())
        random.seed(7)
        print(random.randrange(10**30), random.choice('abc'), random.sample(range(100), 4), random.random())
        shuffled = list(range(6)); random.shuffle(shuffled); print(shuffled, random.Random(1).getrandbits(100))
        print(re.compile(r'(?P<n>\d+)').search('ab12').group('n'), re.split(r'[,;]', 'a,b;c'), re.fullmatch('a*', 'aa').span())
        print(statistics.mean([1, 2, 4]), statistics.median([5, 1, 3]), string.Template('$a-b').substitute(a=1))
        print(struct.unpack('<3B', b'\x01\x02\x03'), struct.calcsize('>QI'), textwrap.dedent('  a\n  b'))
        print(types.SimpleNamespace(a=1).a, typing.NamedTuple('T', [('a', int)])(3), typing.cast(int, 'x'))
        print(unicodedata.name('é'), urllib.parse.quote('a b/c'), zlib.crc32(b'cairo'), weakref.ref(fib)() is fib)
        print(copy.copy({1: [2]}), zlib.decompress(zlib.compress(b'a' * 50)) == b'a' * 50, callable(warnings.warn))
    %}
    [ap] = 1, ap++;
    ret;
}
