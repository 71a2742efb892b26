// main fails in proof mode: its caller is code that the compiler has made.
// flags: --layout plain --proof_mode
// compile: --proof_mode
// expect: error 1
func main() {
    assert 1 = 2;
    return ();
}
