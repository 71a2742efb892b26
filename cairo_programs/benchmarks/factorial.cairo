// Multiplication and calls that return: 300,000! modulo the prime, one frame per factor.
// flags: --layout plain
// compile: --no_debug_info
// expect: ok
// memory: no (two million lines)
// slow: yes
func factorial(n: felt) -> (result: felt) {
    if (n == 0) {
        return (result=1);
    }
    let (rest) = factorial(n - 1);
    return (result=n * rest);
}

func main() {
    factorial(300000);
    return ();
}

// suite: inherit = false
// suite: record = ["stdout", "stderr"]
// suite: flags = "--print_output --print_info --print_segments"
// suite: skip = "runs for long"
