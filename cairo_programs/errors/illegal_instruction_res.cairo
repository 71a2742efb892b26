// flags: --layout plain
// expect: error 1
func main() {
    dw 0x486680017fff8000;
    dw 1;
    ret;
}
