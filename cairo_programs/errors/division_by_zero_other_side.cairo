// The same with the unknown on the right: the reference does not name the division.
// flags: --layout plain
// expect: error 1
// message: Unknown value for memory cell at address 1:4.
func main() {
    [ap] = 5, ap++;
    [ap] = 0, ap++;
    [ap - 2] = [ap - 1] * [ap], ap++;
    ret;
}
