// `ap +=` an immediate (positive, negative, zero), a cell, a sum and a product; holes are left between.
// flags: --layout plain
// compile: --no_debug_info
// expect: ok
func main() {
    [ap] = 3, ap++;
    ap += 4;
    [ap] = 5, ap++;
    ap += [fp];
    [ap] = 6, ap++;
    ap += -1;
    [ap] = 6, ap++;
    ap += 0;
    ap += [fp] + [fp + 5];
    [ap] = 7, ap++;
    ap += [fp] * [fp + 5];
    [ap] = 8, ap++;
    ap += [fp] + 100;
    [ap] = 9, ap++;
    [ap] = -5, ap++;
    ap += [ap - 1];
    [ap] = 10, ap++;
    ret;
}
