// Illegal encoding: two flags of the opcode. The reference's message is only `(1, 1, 0)`.
// flags: --layout plain
// expect: error 1
func main() {
    dw 0x3006800180008000;
    dw 1;
    ret;
}
