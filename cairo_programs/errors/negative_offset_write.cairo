// A write before the beginning of a segment.
// flags: --layout plain
// expect: error 1
func main() {
    [ap] = 1, ap++;
    [ap] = [fp - 2] - 5, ap++;
    [ap - 2] = [[ap - 1]];
    ret;
}
