// Illegal encoding: a call that moves ap, too.
// flags: --layout plain
// expect: error 1
func main() {
    dw 0x1904800180018000;
    dw 1;
    ret;
}
