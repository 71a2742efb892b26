// There is no room for one instance of ecdsa.
// flags: --layout small --steps 256 --proof_mode
// compile: --proof_mode
// expect: error 1
// message: Number of steps must be at least 512 for the ecdsa builtin.
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
