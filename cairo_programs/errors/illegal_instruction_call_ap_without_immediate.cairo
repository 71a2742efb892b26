// The last word of the program is no instruction, and wants an immediate, which is missed first.
// flags: --layout plain
// expect: error 1
// message: op1_addr is Op1Addr.IMM, but no immediate given
func main() {
    dw 0x192480017fff8000;
}
