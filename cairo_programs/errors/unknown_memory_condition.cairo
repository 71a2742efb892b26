// flags: --layout plain
// expect: error 1
// message: Unknown value for memory cell at address 1:2.
func main() {
    jmp done if [ap] != 0;
    done:
    ret;
}
