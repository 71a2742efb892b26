// A message names a quotient.
// flags: --layout plain
// expect: error 1
func main() {
    alloc_locals;
    local b = 12;
    let x = b / 4;
    with_attr error_message("x is {x}") {
        assert 1 = 2;
    }
    return ();
}
