// A message names what is at a number.
// flags: --layout plain
// expect: error 1
func main() {
    alloc_locals;
    local b = 12;
    let x = [cast(b, felt*)];
    with_attr error_message("x is {x}") {
        assert 1 = 2;
    }
    return ();
}
