// The difference of pointers into two segments.
// flags: --layout plain
// expect: error 1
func main() {
    [fp - 2] = [ap] + [fp - 1], ap++;
    ret;
}
