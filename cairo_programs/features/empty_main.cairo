// The least there is: one step.
// flags: --layout plain
// compile: --no_debug_info
// expect: ok
func main() {
    return ();
}
