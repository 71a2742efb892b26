// As many steps are asked for as the program takes.
// flags: --layout plain --min_steps 5
// compile: --no_debug_info
// expect: ok
func main() {
    [ap] = 1, ap++;
    [ap] = [ap - 1] + 2, ap++;
    [ap] = [ap - 1] * 3, ap++;
    [ap] = [ap - 1] - 4, ap++;
    ret;
}
