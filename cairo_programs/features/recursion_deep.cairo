// Ten thousand frames deep.
// flags: --layout plain
// compile: --no_debug_info
// expect: ok
// memory: no (thirty thousand lines)
func sum_to(n: felt) -> (sum: felt) {
    if (n == 0) {
        return (sum=0);
    }
    let (rest) = sum_to(n - 1);
    return (sum=n + rest);
}

func answers() -> (sum: felt) {
    let (sum) = sum_to(10000);
    assert sum = 50005000;
    return (sum=sum);
}

func main() {
    answers();
    return ();
}

// suite: inherit = false
// suite: record = ["stdout", "stderr"]
// suite: flags = "--print_output --print_info --print_segments"
