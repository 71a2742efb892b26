// flags: --layout plain
// expect: error 1
// message: Could not complete computation jmp rel of non pure value: 2:0.
func main() {
    jmp rel [fp - 2];
}
