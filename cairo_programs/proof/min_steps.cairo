// A run of at least so many steps is lengthened further.
// flags: --layout small --min_steps 5000 --proof_mode
// compile: --proof_mode
// expect: ok
func main() {
    loop(10);
    return ();
}

func loop(left: felt) {
    if (left == 0) {
        return ();
    }
    return loop(left - 1);
}

// suite: record = ["stdout", "stderr", "trace", "memory"]
