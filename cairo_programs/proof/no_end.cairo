// A run that is cut off has no public memory but its files.
// flags: --layout plain --steps 40 --no_end --proof_mode
// compile: --proof_mode
// expect: ok
func main() {
    loop(1000);
    return ();
}

func loop(left: felt) {
    if (left == 0) {
        return ();
    }
    return loop(left - 1);
}

// suite: record = ["stdout", "stderr", "trace", "memory"]
