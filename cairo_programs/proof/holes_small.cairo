// A few holes, which are filled by the units left.
// flags: --layout plain --proof_mode
// compile: --proof_mode
// expect: ok
func main() {
    ap += 100;
    return ();
}

// suite: record = ["stdout", "stderr", "trace", "memory"]
