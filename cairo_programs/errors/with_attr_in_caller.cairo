// The failing code has no message; its caller has.
// flags: --layout plain
// expect: error 1
// message: Error message: called with care
func check(x: felt) {
    assert x = 0;
    return ();
}

func main() {
    with_attr error_message("called with care") {
        check(1);
    }
    return ();
}
