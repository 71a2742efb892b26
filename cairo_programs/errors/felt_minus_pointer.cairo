// flags: --layout plain
// expect: error 1
func main() {
    [ap] = 5, ap++;
    [ap - 1] = [ap] + [fp - 1], ap++;
    ret;
}
