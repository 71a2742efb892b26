// Conditional jumps taken and not taken, on felts and pointers, forward and back, relative to ap and fp, with ap++.
// flags: --layout plain
// compile: --no_debug_info
// expect: ok
func main() {
    [ap] = 1, ap++;
    jmp taken if [ap - 1] != 0;
    [ap] = 666, ap++;
    taken:
    [ap] = 0, ap++;
    jmp not_taken if [ap - 1] != 0, ap++;
    [ap] = 2, ap++;
    not_taken:
    [ap] = 3, ap++;
    // A pointer is never zero, even one to the start of segment.
    jmp pointer if [fp - 2] != 0, ap++;
    [ap] = 667, ap++;
    pointer:
    [ap] = 4, ap++;
    jmp other_pointer if [fp - 1] != 0;
    [ap] = 668, ap++;
    other_pointer:
    // Distance from memory.
    [ap] = 4, ap++;
    jmp rel [ap - 1] if [fp] != 0;
    [ap] = 669, ap++;
    ret;
    [ap] = 3, ap++;
    down:
    [ap] = [ap - 1] - 1, ap++;
    jmp down if [ap - 1] != 0;
    [ap] = -1, ap++;
    jmp end if [ap - 1] != 0;
    [ap] = 670, ap++;
    end:
    ret;
}
