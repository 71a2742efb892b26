// `jmp abs` through memory, as a sum of base and distance, and behind a pointer.
// Leaving main by a jump is nothing for a secure run.
// flags: --layout plain --no_secure_run
// compile: --no_debug_info
// expect: ok
func return_address() -> (address: felt) {
    return (address=[fp - 1]);
}

func main() {
    call return_address;
    // Distances are counted in words from here.
    [fp + 2] = [ap - 1];
    [ap] = 6, ap++;
    jmp abs [ap - 1] + [fp + 2];
    [ap] = 666, ap++;
    [ap] = [fp + 2] + 11, ap++;
    jmp abs [ap - 1], ap++;
    [ap] = 667, ap++;
    [ap] = [fp + 2] + 17, ap++;
    [ap - 1] = [[fp - 2]];
    jmp abs [[fp - 2]];
    [ap] = 668, ap++;
    jmp abs [fp - 1];
}
