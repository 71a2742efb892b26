// The cell behind a pointer takes a pointer from the left-hand side.
// flags: --layout plain
// compile: --no_debug_info
// expect: ok
func main() {
    [fp - 1] = [[fp - 2]];
    [fp - 2] = [[fp - 2] + 1];
    [ap] = [[fp - 2] + 1], ap++;
    [ap] = [[ap - 1] + 1], ap++;
    [ap] = [[ap - 1]], ap++;
    [ap - 1] = [fp - 1];
    ret;
}
