// Fewer steps are asked for than the program takes.
// flags: --layout plain --min_steps 3
// compile: --no_debug_info
// expect: ok
func main() {
    [ap] = 1, ap++;
    [ap] = [ap - 1] + 2, ap++;
    [ap] = [ap - 1] * 3, ap++;
    [ap] = [ap - 1] - 4, ap++;
    ret;
}
