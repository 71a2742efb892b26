// Execution jumps to a cell that holds a pointer.
// flags: --layout plain
// expect: error 1
func main() {
    [ap] = [fp - 1], ap++;
    [fp - 2] = [[fp - 2]];
    jmp abs [fp - 2];
}
