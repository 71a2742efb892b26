// `jmp rel` with an immediate, forward and back, and with ap++; `jmp rel` through memory and behind a pointer.
// flags: --layout plain
// compile: --no_debug_info
// expect: ok
func main() {
    jmp forward;
    back:
    [ap] = 2, ap++;
    jmp on;
    [ap] = 666, ap++;
    forward:
    [ap] = 1, ap++;
    jmp back, ap++;
    on:
    [ap] = 5, ap++;
    // Skips the two words of the next instruction and itself.
    jmp rel [ap - 1];
    [ap] = 667, ap++;
    [ap] = 668, ap++;
    [ap] = 3, ap++;
    [ap] = 4, ap++;
    [ap - 1] = [[fp - 2]];
    jmp rel [[fp - 2]], ap++;
    [ap] = 669, ap++;
    ret;
    [ap] = 4, ap++;
    ret;
}
