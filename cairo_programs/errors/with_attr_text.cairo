// A message of letters beyond ASCII.
// flags: --layout plain
// expect: error 1
func main() {
    alloc_locals;
    with_attr error_message("größe ✓ 'quoted'") {
        assert 1 = 2;
    }
    return ();
}
