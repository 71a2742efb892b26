// The end is reached from an inner frame; there are no builtins whose pointers would show it.
// flags: --layout plain --no_secure_run
// compile: --no_debug_info
// expect: ok
func main() {
    [ap] = [fp - 1], ap++;
    call leave;
    ret;
}

func leave() {
    jmp abs [fp - 3];
}
