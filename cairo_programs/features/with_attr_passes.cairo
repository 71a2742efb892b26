// Error messages attached to code that does not fail change nothing.
// flags: --layout plain
// expect: ok
func check(x: felt) {
    with_attr error_message("x is {x}, not 4") {
        with_attr error_message("inner") {
            assert x = 4;
        }
        assert x + x = 8;
    }
    return ();
}

func main() {
    check(4);
    return ();
}
