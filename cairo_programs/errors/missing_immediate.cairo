// The last word of the program wants an immediate.
// flags: --layout plain
// expect: error 1
func main() {
    dw 0x480680017fff8000;
}
