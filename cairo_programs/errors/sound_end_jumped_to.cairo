// The end is jumped to out of a called function instead of returned to.
// flags: --layout plain
// expect: error 1
// message: The run ended with fp
func main() {
    call inner;
    ret;
}

func inner() {
    [ap] = [fp - 2], ap++;
    [ap] = [[ap - 1] - 1], ap++;
    jmp abs [ap - 1];
}

// reference: ok
