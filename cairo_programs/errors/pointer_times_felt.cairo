// flags: --layout plain
// expect: error 1
// message: Could not complete computation * of non pure values
func main() {
    [ap] = [fp - 2] * 2, ap++;
    ret;
}
