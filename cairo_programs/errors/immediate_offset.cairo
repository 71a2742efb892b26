// An immediate that is not the next word.
// flags: --layout plain
// expect: error 1
func main() {
    dw 0x480680027fff8000;
    dw 1;
    ret;
}
