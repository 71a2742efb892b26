// Pure VM work: the 250,002nd Fibonacci number modulo the prime, by a recursion in tail position.
// flags: --layout plain
// compile: --no_debug_info
// expect: ok
// memory: no (two million lines)
// slow: yes
func fibonacci(first: felt, second: felt, n: felt) -> (result: felt) {
    jmp go_on if n != 0;
    return (result=second);

    go_on:
    return fibonacci(second, first + second, n - 1);
}

func main() {
    fibonacci(1, 1, 250000);
    return ();
}

// suite: inherit = false
// suite: record = ["stdout", "stderr"]
// suite: flags = "--print_output --print_info --print_segments"
// suite: skip = "runs for long"
