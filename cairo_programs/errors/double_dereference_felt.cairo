// A felt is used as a pointer.
// flags: --layout plain
// expect: error 1
func main() {
    [ap] = 3, ap++;
    [ap] = [[ap - 1] + 6], ap++;
    ret;
}
