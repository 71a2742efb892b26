// flags: --layout plain
// expect: error 1
// message: Unknown value for memory cell at address 1:12.
func main() {
    [ap] = [fp + 10] + [fp + 11], ap++;
    ret;
}
