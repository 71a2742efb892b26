// `ap += [cell] * immediate` and `ap +=` a cell behind a pointer.
// flags: --layout plain
// compile: --no_debug_info
// expect: ok
func main() {
    [ap] = 2, ap++;
    ap += [fp] * 5;
    [ap] = 11, ap++;
    [ap - 1] = [[fp - 2] + 2];
    ap += [[fp - 2] + 2];
    [ap] = 12, ap++;
    ret;
}
