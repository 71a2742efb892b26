// The traceback names the callers.
// flags: --layout plain
// expect: error 1
// message: Cairo traceback (most recent call last):
func check(x: felt) {
    assert x * x = 16;
    return ();
}

func check_all(x: felt, y: felt) {
    check(x);
    check(y);
    return ();
}

func main() {
    check_all(4, 5);
    return ();
}
