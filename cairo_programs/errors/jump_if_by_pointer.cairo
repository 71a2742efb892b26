// A taken conditional jump whose distance is a pointer.
// flags: --layout plain
// expect: error 1
func main() {
    [ap] = 1, ap++;
    jmp rel [fp - 2] if [ap - 1] != 0;
    ret;
}
