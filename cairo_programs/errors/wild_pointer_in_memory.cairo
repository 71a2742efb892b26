// A pointer with an offset beyond its segment is kept in memory: not a secure run.
// flags: --layout plain
// expect: error 1
func main() {
    [ap] = [fp - 2] - 1, ap++;
    ret;
}
