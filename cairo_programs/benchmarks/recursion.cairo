// A tree of calls, two from each: Fibonacci numbers by their definition.
// flags: --layout plain
// compile: --no_debug_info
// expect: ok
// memory: no (millions of lines)
// slow: yes
func fib(n: felt) -> (res: felt) {
    alloc_locals;
    if (n == 0) {
        return (res=0);
    }
    if (n == 1) {
        return (res=1);
    }
    let (local a) = fib(n - 1);
    let (b) = fib(n - 2);
    return (res=a + b);
}

func main() {
    let (res) = fib(27);
    assert res = 196418;
    return ();
}

// suite: inherit = false
// suite: record = ["stdout", "stderr"]
// suite: flags = "--print_output --print_info --print_segments"
// suite: skip = "runs for long"
