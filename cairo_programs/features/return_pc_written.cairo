// Writes into the segment that stands for the end of the program: no Cairo PIE can be made of it.
// flags: --layout plain
// expect: ok

func main() {
    let frame = cast([fp - 1], felt*);
    assert [frame] = 5;
    return ();
}
