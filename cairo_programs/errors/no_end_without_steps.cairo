// flags: --layout plain --no_end
// expect: error 1
// message: --steps must be specified when running with --no-end.
func main() {
    ret;
}
