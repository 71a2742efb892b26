// Execution walks into data that is no instruction.
// flags: --layout plain
// expect: error 1
func main() {
    [ap] = 1, ap++;
    jmp rel 2;
    dw -1;
}
