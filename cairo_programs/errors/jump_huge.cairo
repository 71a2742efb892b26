// A jump of nearly as many words as the field has numbers.
// flags: --layout plain
// expect: error 1
func main() {
    jmp rel 2 ** 250;
}
