// Illegal encoding: several sources for op1. The reference's message is only `(1, 0, 1)`.
// flags: --layout plain
// expect: error 1
func main() {
    dw 0x480e80017fff8000;
    dw 1;
    ret;
}
