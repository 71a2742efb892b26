// A program that was not compiled for proofs.
// flags: --layout small --proof_mode
// expect: error 1
// message: __end__
func main() {
    return ();
}
