// A conditional jump has no result that ap could move by.
// flags: --layout plain
// expect: error 1
func main() {
    dw 0x060680017fff7fff;
    dw 1;
    ret;
}
