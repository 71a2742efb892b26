// A felt is used as a pointer to write to: the run goes on and fails at its end.
// flags: --layout plain
// expect: error 1
// message: Expected memory address to be relocatable value. Found: 9.
func main() {
    [ap] = 3, ap++;
    [ap - 1] = [[ap - 1] + 6];
    ret;
}
