// A message names nothing that there is.
// flags: --layout plain
// expect: error 1
func main() {
    alloc_locals;
    with_attr error_message("x is {x} {y.z}") {
        assert 1 = 2;
    }
    return ();
}
