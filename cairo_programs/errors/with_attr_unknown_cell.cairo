// A message names a variable that is not set.
// flags: --layout plain
// expect: error 1
func main() {
    alloc_locals;
    local x;
    with_attr error_message("x is {x}") {
        assert 1 = 2;
    }
    return ();
}
