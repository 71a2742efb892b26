// `jmp rel` with a sum and a product of two cells as the distance.
// flags: --layout plain
// compile: --no_debug_info
// expect: ok
func main() {
    [ap] = 1, ap++;
    [ap] = 2, ap++;
    jmp rel [ap - 1] + [ap - 2];
    [ap] = 666, ap++;
    [ap] = 3, ap++;
    jmp rel [ap - 1] * [fp];
    [ap] = 667, ap++;
    [ap] = 4, ap++;
    jmp rel [ap - 1] + 2;
    [ap] = 668, ap++;
    [ap] = 669, ap++;
    [ap] = 5, ap++;
    ret;
}
