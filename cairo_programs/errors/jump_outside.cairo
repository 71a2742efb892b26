// A jump beyond the last instruction.
// flags: --layout plain
// expect: error 1
// message: Unknown value for memory cell at address 0:102.
func main() {
    jmp rel 102;
}
