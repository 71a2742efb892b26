// Comprehensions, generators, slices, unpacking, sorting, zip, enumerate, map, any, all, over program values.
// flags: --layout plain
// expect: ok
func main() {
    [ap] = 3, ap++;
    [ap] = 1, ap++;
    [ap] = 2, ap++;
    %{
        values = [memory[fp + i] for i in range(3)]
        print(values, sorted(values), sorted(values, reverse=True), values[::-1], values[1:])
        print({v: v * v for v in values}, tuple(v + 1 for v in values if v > 1))
        print(sum(values), min(values), max(values), any(v > 2 for v in values), all(values))
        print(list(zip(values, 'abc')), list(enumerate(values, start=5)), list(map(str, values)))
        first, *rest = values
        (a, b), c = (first, rest), [*rest, *values]
        print(first, rest, a, b, c)
        print([[i * j for j in range(3)] for i in range(3)])
        print(divmod(-7, 2), -7 // 2, -7 % 2, 7 % -2, abs(-3), round(2.5), 2 ** 0.5)
        print(list(filter(lambda v: v != 2, values)), list(reversed(values)), len(values))
        x = y = values[0]
        x += 1
        print(x, y, 1 < x <= 4, 'yes' if x > y else 'no')
        print(sorted({5, 1, 3}), {1, 2} | {3} == {1, 2, 3}, {1: 2} | {3: 4})
        i = 10
        while i:
            i -= 3
            if i < 2:
                break
        print(i)
        print(next((v for v in values if v == 9), None), isinstance(values, list), bool([]), [] or 'empty')
    %}
    ret;
}
