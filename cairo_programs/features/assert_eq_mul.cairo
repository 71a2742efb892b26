// `dst = op0 * op1` with each of the three operands unknown in turn: a deduced operand is a field
// division, which need not come out whole.
// flags: --layout plain
// compile: --no_debug_info
// expect: ok
func main() {
    [ap] = 6, ap++;
    [ap] = 7, ap++;
    [ap] = [ap - 2] * [ap - 1], ap++;
    [ap - 1] = [ap] * [ap - 2], ap++;
    [ap - 2] = [ap - 1] * [ap], ap++;
    [ap - 3] = [ap - 2] * [ap - 1];
    // 1 / 3 and 5 / 42.
    [ap] = 3, ap++;
    [ap] = 1, ap++;
    [ap - 1] = [ap] * [ap - 2], ap++;
    [ap] = 5, ap++;
    [ap - 1] = [ap - 7] * [ap], ap++;
    // 0 / 5 is zero, and a zero product with a known zero operand holds for any other operand.
    [ap] = 0, ap++;
    [ap - 1] = [ap] * [ap - 3], ap++;
    [ap - 2] = [ap - 1] * [ap - 4];
    // Large by large.
    [ap] = -1, ap++;
    [ap] = -2, ap++;
    [ap] = [ap - 1] * [ap - 2], ap++;
    [ap] = [ap - 5] * [ap - 1], ap++;
    ret;
}
