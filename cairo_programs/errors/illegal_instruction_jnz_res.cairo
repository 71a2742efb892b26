// Illegal encoding: a conditional jump with a sum. The reference has no words for it.
// flags: --layout plain
// expect: error 1
func main() {
    dw 0x0226800180008000;
    dw 1;
    ret;
}
