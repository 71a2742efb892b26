// The checks of a secure run, which proof mode leaves out otherwise.
// flags: --layout plain --secure_run --proof_mode
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
