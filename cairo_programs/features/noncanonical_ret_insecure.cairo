// A return to where another cell than the one below fp says.
// flags: --layout plain --no_secure_run
// compile: --no_debug_info
// expect: ok
func main() {
    [ap] = [fp - 1], ap++;
    // pc = [fp], fp = [fp - 2].
    dw 0x208b80007fff7ffe;
}
