// The program is over before the steps asked for, no end being asked for.
// flags: --layout plain --no_end --steps 6 --no_secure_run
// expect: error 1
// message: Execution reached the end of the program.
func main() {
    [ap] = 1, ap++;
    [ap] = [ap - 1] + 2, ap++;
    [ap] = [ap - 1] * 3, ap++;
    [ap] = [ap - 1] - 4, ap++;
    ret;
}
