// A message names a reference that moves with ap.
// flags: --layout plain
// expect: error 1
func main() {
    alloc_locals;
    local a = 4;
    tempvar x = 2;
    with_attr error_message("x is {x}, a is {a}") {
        assert 1 = 2;
    }
    return ();
}
