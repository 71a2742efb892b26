// Sets of integers are walked through in the order of their hashes.
// flags: --layout small
// expect: ok

func main() {
    %{
        import random

        random.seed(7)
        print(list({n for n in [5, 1, 3, 100, 17]}), list(set([8, 16, 0])), sorted({9, 8}))
        print(list({24, 8, 16}), [*{n: 0 for n in (3, 2)}], list(frozenset([40, 3, 8])))
        for size in (3, 4, 5, 6, 19, 20, 21, 76, 77, 300, 1000):
            for bits in (4, 8, 64, 251):
                numbers = set()
                for _ in range(size):
                    numbers.add(random.getrandbits(bits) - (1 << (bits - 1)))
                digest = 0
                for number in numbers:
                    digest = (digest * 31 + number) % PRIME
                print(size, bits, len(numbers), digest, [*numbers][:2], next(iter(numbers)))
        print(list({n for n in (-1, -2, 0, True, 2**61 - 1, 2**61, -2**61)}))
        a, *rest = {n * n for n in range(10)}
        print(a, rest, tuple(frozenset(range(20, 0, -3))), list(map(str, set(range(9, 4, -1)))))
        wide = set(range(0, 100000, 7))
        digest = 0
        for number in wide:
            digest = (digest * 31 + number) % PRIME
        print(digest, max(wide))
        try:
            for number in {n for n in (33, 1)}:
                wide.add(number)
            growing = {n for n in (33, 1)}
            for number in growing:
                growing.add(number + 1)
        except RuntimeError as error:
            print(error)
        segments.write_arg(ap, {n for n in (70, 3, 65, 2)})
        print(memory.get_range(ap, 4), type(iter({33, 1})).__name__)
    %}
    ap += 4;
    return ();
}
