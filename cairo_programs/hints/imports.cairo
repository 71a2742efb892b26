// Modules of the standard library.
// flags: --layout plain
// expect: ok
func main() {
    %{
        import math, functools, itertools, collections, re, json, operator, string, bisect, heapq, struct
        import hashlib
        from dataclasses import dataclass
        from enum import Enum
        from fractions import Fraction
        from copy import deepcopy
        from typing import Dict, List, Optional
        print(math.isqrt(10 ** 40), math.factorial(20), math.ceil(2.1), math.log2(1024), math.comb(10, 3))
        print(functools.reduce(lambda a, b: a * 10 + b, [1, 2, 3]), functools.partial(pow, 2)(10))
        print(list(itertools.product('ab', [1, 2])), list(itertools.chain([1], [2])), list(itertools.islice(itertools.count(), 3)))
        print(list(itertools.permutations([1, 2, 3], 2)), list(itertools.accumulate([1, 2, 3])))
        counts = collections.defaultdict(int)
        for letter in 'hello':
            counts[letter] += 1
        print(dict(counts), collections.Counter('hello').most_common(1), collections.OrderedDict([(1, 2)])[1])
        queue = collections.deque([1, 2]); queue.appendleft(0); print(list(queue))
        Pair = collections.namedtuple('Pair', 'left right'); print(Pair(1, right=2), Pair(3, 4).left)
        print(re.findall(r'(\d+)-(\w)', '12-a 3-b'), re.sub('a+', 'b', 'caat'), bool(re.match('^x', 'y')))
        print(json.dumps({'b': [1, 2.5, None, True], 'a': 'x'}, sort_keys=True), json.loads('{"k": [1]}'))
        print(operator.itemgetter(1)([5, 6]), string.ascii_lowercase[:3], bisect.bisect([1, 3, 5], 4))
        heap = [3, 1, 2]; heapq.heapify(heap); print(heapq.heappop(heap))
        print(struct.pack('<IH', 1, 2).hex(), struct.unpack('>H', b'\x01\x02'))
        print(hashlib.sha256(b'cairo').hexdigest())
        print(Fraction(3, 6), Fraction(1, 3) + 1)

        @dataclass
        class Item:
            name: str
            size: int = 2

        class Colour(Enum):
            RED = 1

        print(Item('a'), Item('a') == Item('a', 2), Colour.RED, Colour(1).name)
        original = [[1]]; twin = deepcopy(original); twin[0].append(2); print(original, twin)

        def typed(x: int, names: Optional[List[str]] = None) -> Dict[str, int]:
            return {name: x for name in names or []}
        print(typed(3, ['q']))
    %}
    [ap] = 1, ap++;
    ret;
}
