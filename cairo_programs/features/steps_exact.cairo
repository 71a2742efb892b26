// Exactly as many steps as the program takes.
// flags: --layout plain --steps 3
// compile: --no_debug_info
// expect: ok
func main() {
    [ap] = 1, ap++;
    [ap] = 2, ap++;
    ret;
}
