// Deep recursion inside the interpreter ends in an exception, not in the end of the process.
func main() {
    %{
        def deep(x):
            return deep([x])
        for run in [lambda: deep(0), lambda: segments.gen_arg('endless')]:
            try:
                run()
            except (RecursionError, SyntaxError, MemoryError) as e:
                print('caught')
        nested = []
        for _ in range(100000):
            nested = [nested]
        try:
            repr(nested)
        except RecursionError as e:
            print('repr')
        it = [1]
        for _ in range(20000):
            it = map(int, it)
        try:
            print(next(it))
        except RecursionError:
            print('map')
        del it, nested
        print('done')
    %}
    return ();
}
