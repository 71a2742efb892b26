// Messages around a failing call, from the inside out, with values of each frame.
// flags: --layout plain
// expect: error 1
func inner(x: felt) {
    with_attr error_message("inner {x}") {
        with_attr error_message("innermost {x}") {
            assert x = 1;
        }
    }
    return ();
}

func outer(x: felt) {
    with_attr error_message("outer {x}") {
        inner(x + 1);
    }
    return ();
}

func main() {
    with_attr error_message("main") {
        outer(5);
    }
    return ();
}
