// The number of steps has to come out even with the instances.
// flags: --layout small --steps 1001 --proof_mode
// compile: --proof_mode
// expect: error 1
// message: 1001 is not divisible by 8.
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
