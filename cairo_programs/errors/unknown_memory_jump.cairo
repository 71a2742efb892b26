// flags: --layout plain
// expect: error 1
// message: Unknown value for memory cell at address 1:4.
func main() {
    jmp rel [fp + 2];
}
