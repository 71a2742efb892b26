// flags: --layout plain
// expect: error 1
// message: Unknown value for memory cell at address 1:3.
func main() {
    [ap] = [ap + 1];
    ret;
}
