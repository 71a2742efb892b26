// The failing value comes through two references.
// flags: --layout plain
// expect: error 1
func main() {
    let a = [fp + 100];
    let b = a + 1;
    assert b = 3;
    assert [ap] = b * b;
    return ();
}
