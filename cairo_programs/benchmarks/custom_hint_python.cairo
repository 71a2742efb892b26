// A Python hint that only the interpreter can run, 200,000 times, with one name read and one written.
// flags: --layout plain
// compile: --no_debug_info
// expect: ok
// memory: no (a million lines)
// slow: yes
func loop(n: felt) {
    alloc_locals;
    local y;
    %{
        def line(x, slope, intercept):
            try:
                return slope * x + intercept
            except TypeError:
                return 0
        ids.y = line(ids.n, slope=3, intercept=1)
    %}
    assert y = n * 3 + 1;
    if (n == 1) {
        return ();
    }
    return loop(n - 1);
}

func main() {
    loop(200000);
    ret;
}

// suite: inherit = false
// suite: record = ["stdout", "stderr"]
// suite: flags = "--print_output --print_info --print_segments"
// suite: skip = "runs for long"
