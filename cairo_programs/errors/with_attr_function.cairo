// A message names a function.
// flags: --layout plain
// expect: error 1
func main() {
    alloc_locals;
    with_attr error_message("this is {main}") {
        assert 1 = 2;
    }
    return ();
}
