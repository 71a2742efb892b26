// A loop without end, stopped after a thousand steps.
// flags: --layout plain --steps 1000
// expect: error 1
// message: End of program was not reached
func main() {
    loop:
    jmp loop;
}
