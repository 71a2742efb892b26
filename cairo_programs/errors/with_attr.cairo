// Error messages with values: innermost first, references printed, references that cannot be read.
// flags: --layout plain
// expect: error 1
// message: Error message: outer of -5
func check(x: felt, pointer: felt*) {
    alloc_locals;
    local kept = x + 1;
    tempvar moved = x + 2;
    with_attr error_message("outer of {x}") {
        with_attr error_message("kept {kept}, pointer {pointer}, moved {moved}, none {unknown}, {{x}}") {
            assert x = 0;
        }
    }
    return ();
}

func main() {
    with_attr error_message("main was here") {
        check(-5, cast([fp - 2], felt*));
    }
    return ();
}
