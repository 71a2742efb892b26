// flags: --layout plain
// expect: error 1
// message: Unknown value for memory cell at address 2:6.
func main() {
    [ap] = [[fp - 2] + 6], ap++;
    ret;
}
