// flags: --layout plain
// compile: --no_debug_info
// expect: ok
func main() {
    ap += 2 ** 40;
    [ap] = 1, ap++;
    [ap] = [fp - 2], ap++;
    ret;
}
