// So many holes that the run has to be lengthened.
// flags: --layout plain --proof_mode
// compile: --proof_mode --no_debug_info
// expect: ok
// memory: no (only holes)
func main() {
    ap += 100000;
    return ();
}
