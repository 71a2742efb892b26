// flags: --layout plain
// expect: error 1
func main() {
    [ap] = [fp - 2] + [fp - 1], ap++;
    ret;
}
