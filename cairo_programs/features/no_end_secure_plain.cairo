// Without builtins a run that is stopped can be checked.
// flags: --layout plain --no_end --steps 2
// compile: --no_debug_info
// expect: ok
func main() {
    [ap] = 1, ap++;
    [ap] = [ap - 1] + 2, ap++;
    [ap] = [ap - 1] * 3, ap++;
    [ap] = [ap - 1] - 4, ap++;
    ret;
}
