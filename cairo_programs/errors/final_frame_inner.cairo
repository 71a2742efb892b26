// The end is reached from an inner frame; there are no builtins whose pointers would show it.
// The reference takes no exception to it.
// flags: --layout plain
// expect: error 1
func main() {
    [ap] = [fp - 1], ap++;
    call leave;
    ret;
}

func leave() {
    jmp abs [fp - 3];
}

// reference: ok
