// flags: --layout plain
// expect: error 1
// message: Missing main().
func not_main() {
    ret;
}
