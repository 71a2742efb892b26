// A million cells skipped by one `ap +=`; nothing stands between.
// flags: --layout plain
// compile: --no_debug_info
// expect: ok
func main() {
    ap += 2 ** 20;
    [ap] = 1, ap++;
    ret;
}
