// Execution walks off the end of the program.
// flags: --layout plain
// expect: error 1
// message: Unknown value for memory cell at address 0:4.
func main() {
    [ap] = 1, ap++;
    dw 0x480680017fff8000;
    dw 7;
}
