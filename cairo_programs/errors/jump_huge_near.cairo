// A jump to where no memory is.
// flags: --layout plain
// expect: error 1
// message: Unknown value for memory cell at address 0:4611686018427387904.
func main() {
    jmp rel 2 ** 62;
}
