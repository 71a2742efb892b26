// Holes in the execution segment and behind a pointer; cells written in falling order.
// flags: --layout plain
// compile: --no_debug_info
// expect: ok
func main() {
    [fp + 20] = 20;
    [fp + 10] = 10;
    [fp + 15] = [fp + 20] - 5;
    [fp + 11] = 11;
    [fp + 5] = [fp + 10] - 5;
    let other = cast([fp - 2], felt*);
    assert other[8] = 8;
    assert other[6] = 6;
    assert other[7] = 7;
    assert other[1] = 1;
    ap += 3;
    ret;
}
