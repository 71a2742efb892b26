// flags: --layout plain
// expect: error 1
// message: (possibly due to division by 0)
func main() {
    [ap] = 5, ap++;
    [ap] = 0, ap++;
    [ap - 2] = [ap] * [ap - 1], ap++;
    ret;
}
