// The program is over before the steps asked for.
// flags: --layout plain --steps 5
// expect: error 1
// message: Execution reached the end of the program.
func main() {
    [ap] = 1, ap++;
    ret;
}
