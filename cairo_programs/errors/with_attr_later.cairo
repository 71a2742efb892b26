// A message names a variable that is defined below.
// flags: --layout plain
// expect: error 1
func main() {
    alloc_locals;
    with_attr error_message("x is {x}") {
        assert 1 = 2;
    }
    local x = 5;
    assert x = 5;
    return ();
}
