// `dst = op0 * immediate`, with dst and op0 unknown in turn.
// flags: --layout plain
// compile: --no_debug_info
// expect: ok
func main() {
    [ap] = 11, ap++;
    [ap] = [ap - 1] * 13, ap++;
    [ap - 1] = [ap] * 13, ap++;
    [ap] = [ap - 1] * (-1), ap++;
    [ap - 1] = [ap] * 2, ap++;
    [ap] = [ap - 1] * 0, ap++;
    [ap - 1] = [ap] * 9, ap++;
    [ap] = [ap - 3] * 3618502788666131213697322783095070105623107215331596699973092056135872020480, ap++;
    ret;
}
