// The traceback of a deep recursion is cut.
// flags: --layout plain
// expect: error 1
// message: Cairo traceback (most recent call last):
func descend(n: felt) {
    if (n == 0) {
        assert n = 1;
    }
    descend(n - 1);
    return ();
}

func main() {
    descend(30);
    return ();
}
