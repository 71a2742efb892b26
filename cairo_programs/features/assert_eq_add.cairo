// `dst = op0 + op1` with each of the three operands unknown in turn, over felts and over pointers.
// flags: --layout plain
// compile: --no_debug_info
// expect: ok
func main() {
    [ap] = 30, ap++;
    [ap] = 12, ap++;
    // The sum is unknown.
    [ap] = [ap - 2] + [ap - 1], ap++;
    // The first summand is unknown: 42 - 12.
    [ap - 1] = [ap] + [ap - 2], ap++;
    // The second summand is unknown: 42 - 30.
    [ap - 2] = [ap - 1] + [ap], ap++;
    // All three are known.
    [ap - 3] = [ap - 2] + [ap - 1];

    // pointer + felt = pointer, with the felt on either side.
    [ap] = [fp - 2] + [ap - 1], ap++;
    [ap] = [ap - 2] + [fp - 2], ap++;
    [ap - 1] = [ap - 2];
    // pointer = pointer + unknown felt.
    [ap - 1] = [fp - 2] + [ap], ap++;
    // pointer = unknown felt + pointer.
    [ap - 2] = [ap] + [fp - 2], ap++;
    // pointer = unknown pointer + felt.
    [ap - 3] = [ap] + [ap - 1], ap++;
    // pointer = felt + unknown pointer.
    [ap - 4] = [ap - 2] + [ap], ap++;
    ret;
}
