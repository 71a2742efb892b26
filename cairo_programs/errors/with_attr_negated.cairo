// A message names negated and powered values.
// flags: --layout plain
// expect: error 1
func main() {
    alloc_locals;
    local b = 12;
    let x = -b;
    let y = 2 ** 3;
    with_attr error_message("x is {x} y is {y}") {
        assert 1 = 2;
    }
    return ();
}
