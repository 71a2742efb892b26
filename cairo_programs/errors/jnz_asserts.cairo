// A conditional jump has no result to compare with.
// flags: --layout plain
// expect: error 1
func main() {
    dw 0x420680017fff7fff;
    dw 1;
    ret;
}
