// So many holes that the run has to be lengthened.
// flags: --layout plain --proof_mode
// compile: --proof_mode --no_debug_info
// expect: ok
// memory: no (only holes)
func main() {
    ap += 100000;
    return ();
}

// suite: inherit = false
// suite: record = ["stdout", "stderr"]
// suite: flags = "--print_output --print_info --print_segments"
