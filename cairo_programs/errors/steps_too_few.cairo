// flags: --layout plain --steps 2
// expect: error 1
// message: End of program was not reached
func main() {
    [ap] = 1, ap++;
    [ap] = 2, ap++;
    ret;
}
