// flags: --layout plain
// expect: error 1
// message: op0 must be known in double dereference.
func main() {
    [ap] = 3, ap++;
    [ap - 1] = [[ap] + 6];
    ret;
}
