// Illegal encoding: two flags of ap_update. The reference's message is only `(1, 1)`.
// flags: --layout plain
// expect: error 1
func main() {
    dw 0x0c06800180008000;
    dw 1;
    ret;
}
