// An absolute jump to a number.
// flags: --layout plain
// expect: error 1
func main() {
    jmp abs 5;
}
