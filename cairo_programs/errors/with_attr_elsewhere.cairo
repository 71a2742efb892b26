// A message names another function's argument.
// flags: --layout plain
// expect: error 1
func main() {
    alloc_locals;
    with_attr error_message("x is {other.x}") {
        assert 1 = 2;
    }
    return ();
}

func other(x: felt) {
    return ();
}
