// A return to where another cell than the one below fp says.
// The reference takes no exception to it.
// flags: --layout plain
// expect: error 1
func main() {
    [ap] = [fp - 1], ap++;
    // pc = [fp], fp = [fp - 2].
    dw 0x208b80007fff7ffe;
}

// reference: ok
