// The failing expression covers several lines.
// flags: --layout plain
// expect: error 1
func main() {
    tempvar x = 1;
    assert (
        x + 1) = (
        x + 5
    );
    return ();
}
