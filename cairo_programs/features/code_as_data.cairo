// Raw words: an instruction given as a number, jumped to and executed.
// flags: --layout plain
// compile: --no_debug_info
// expect: ok
func main() {
    // [ap] = 77, ap++
    dw 0x480680017fff8000;
    dw 77;
    // ret
    dw 0x208b7fff7fff7ffe;
}
