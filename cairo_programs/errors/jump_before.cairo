// A jump before the first instruction.
// flags: --layout plain
// expect: error 1
func main() {
    jmp rel -3;
}
