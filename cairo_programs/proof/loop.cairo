// A run is lengthened to a power of two.
// flags: --layout plain --proof_mode
// compile: --proof_mode --no_debug_info
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
