// No operand can be deduced from a product that is a pointer.
// flags: --layout plain
// expect: error 1
// message: Unknown value for memory cell at address 1:2.
func main() {
    [fp - 2] = [ap] * 5, ap++;
    ret;
}
