// flags: --layout plain
// compile: --no_debug_info
// expect: ok
func main() {
    [ap] = 7, ap++;
    ap += 2 ** 26;
    [ap] = [fp], ap++;
    ap += 2 ** 26;
    [ap] = [fp] + 1, ap++;
    ret;
}
