// Far writes behind a pointer to another segment, in falling order.
// flags: --layout plain
// compile: --no_debug_info
// expect: ok
func main() {
    let base = cast([fp - 2], felt*);
    assert base[1099511627776] = 4;
    assert base[2147483648] = 3;
    assert base[1048576] = 2;
    assert base[32768] = 1;
    assert base[0] = base[1099511627776];
    assert base[32768] = base[1048576] - 1;
    ret;
}
