// The end is not reached in time.
// flags: --layout small --steps 16 --proof_mode
// compile: --proof_mode
// expect: error 1
// message: End of program was not reached
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
