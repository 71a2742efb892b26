// Writes into the segment that stands for main's caller's frame: no Cairo PIE can be made of it.
// flags: --layout plain
// expect: ok

func main() {
    let frame = cast([fp - 2], felt*);
    assert [frame] = 5;
    return ();
}
