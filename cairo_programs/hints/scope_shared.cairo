// One scope for all hints: variables, functions, lambdas, imports, and functions that see later values.
// flags: --layout plain
// expect: ok
func main() {
    %{
        import math
        total = 0
        seen = []

        def add(x):
            global total
            total += x
            seen.append((x, ids.value if 'value' in names else None, str(ap)))
            return total

        names = set()
        square = lambda x: x * x + offset
        offset = 0
    %}
    [ap] = 1, ap++;
    %{
        offset = 100
        print(add(5), square(3), math.gcd(12, 18))
    %}
    tempvar value = 77;
    %{
        names.add('value')
        print(add(6), total, seen)
        del square
    %}
    [ap] = 3, ap++;
    %{
        print('square' in globals(), 'add' in globals(), sorted(k for k in globals() if k in ('total', 'seen', 'math')))
        print(globals() is locals())
    %}
    [ap] = 2, ap++;
    %{
        counter = globals().get('counter', 0) + 1
        print('counter', counter)
    %}
    ret;
}
