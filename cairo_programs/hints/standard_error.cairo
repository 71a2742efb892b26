// Hints may not be able to reach the process: what `sys` can be expected to hold.
// flags: --layout plain
// expect: ok
func main() {
    %{
        import sys
        sys.stdout.write('written\n')
        print('printed', file=sys.stdout, flush=True)
        print('to stderr', file=sys.stderr)
        print(sys.maxsize > 2 ** 31, sys.byteorder, sys.getrecursionlimit() > 100)
    %}
    [ap] = 1, ap++;
    ret;
}
