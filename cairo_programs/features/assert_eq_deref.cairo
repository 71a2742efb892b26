// Double dereference on the right, with the cell behind the pointer known, or set by the assertion.
// flags: --layout plain
// compile: --no_debug_info
// expect: ok
func main() {
    // Cells behind [fp - 2], an empty segment, are set through the pointer, out of order.
    [ap] = 70, ap++;
    [ap - 1] = [[fp - 2] + 3];
    [ap] = 80, ap++;
    [ap - 1] = [[fp - 2]];
    [ap] = [[fp - 2] + 3], ap++;
    [ap] = [[fp - 2]], ap++;
    // A pointer in the middle of the segment, with a negative offset.
    [ap] = [fp - 2] + 4, ap++;
    [ap] = [[ap - 1] - 1], ap++;
    [ap] = [[ap - 2] - 4], ap++;
    // Behind a pointer stands a pointer.
    [ap - 3] = [[ap - 3]];
    [ap] = [[ap - 3]], ap++;
    [ap] = [[ap - 1]], ap++;
    [ap - 1] = [ap - 2];
    // Farthest offsets an instruction can hold.
    [ap] = 90, ap++;
    [ap] = [fp - 2] + 32768, ap++;
    [ap - 2] = [[ap - 1] - 32768 + 32767 + 1];
    [ap] = [fp - 2] + 32772, ap++;
    [ap] = [[ap - 1] - 32768], ap++;
    ret;
}
