// A hole of 2^38 cells: the padding is counted, not made.
// flags: --layout plain --proof_mode
// compile: --proof_mode
// expect: ok
// compare: no (the reference would make the steps of the padding one by one)
func main() {
    ap += 274877906944;
    [ap] = 1, ap++;
    return ();
}

// suite: record = ["stdout", "stderr"]
