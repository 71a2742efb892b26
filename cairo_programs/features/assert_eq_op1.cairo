// `dst = op1` in both directions, with felts, negatives and pointers, relative to ap and to fp.
// flags: --layout plain
// compile: --no_debug_info
// expect: ok
func main() {
    [ap] = 9, ap++;
    // dst is unknown.
    [ap] = [ap - 1], ap++;
    // op1 is unknown.
    [ap - 1] = [ap], ap++;
    [fp] = [ap - 1];
    [ap] = [fp], ap++;
    [fp + 2] = [fp + 4], ap++;
    [ap] = -9, ap++;
    [ap] = [fp - 1], ap++;
    [fp - 2] = [ap], ap++;
    [ap - 1] = [fp - 2];
    ret;
}
