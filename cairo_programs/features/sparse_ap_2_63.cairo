// flags: --layout plain
// compile: --no_debug_info
// expect: error 1
// message: out of range
// compare: no (the reference has unbounded addresses; ours may stop with a limit error)
func main() {
    ap += 2 ** 63;
    [ap] = 1, ap++;
    ret;
}
