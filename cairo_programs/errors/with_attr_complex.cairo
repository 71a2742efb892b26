// A message names a reference of too many parts.
// flags: --layout plain
// expect: error 1
func main() {
    alloc_locals;
    local a = 1;
    let x = a + 1 + a + 1 + a + 1 + a + 1 + a + 1 + a + 1 + a + 1 + a + 1 + a + 1 + a;
    with_attr error_message("x is {x}") {
        assert 1 = 2;
    }
    return ();
}
