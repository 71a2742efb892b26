// Exactly so many steps; there is no other padding.
// flags: --layout small --steps 2048 --proof_mode
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
