// flags: --layout plain
// expect: error 1
// message: Unsupported instruction: 0xc80680017fff8000.
func main() {
    dw 0xc80680017fff8000;
    dw 1;
    ret;
}
