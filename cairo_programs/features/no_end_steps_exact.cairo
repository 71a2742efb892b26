// Stopped where main returns.
// flags: --layout plain --no_end --steps 5 --no_secure_run
// compile: --no_debug_info
// expect: ok
func main() {
    [ap] = 1, ap++;
    [ap] = [ap - 1] + 2, ap++;
    [ap] = [ap - 1] * 3, ap++;
    [ap] = [ap - 1] - 4, ap++;
    ret;
}
