// The shortest run there is, in a layout without builtins.
// flags: --layout plain --proof_mode
// compile: --proof_mode
// expect: ok
func main() {
    return ();
}

// suite: record = ["stdout", "stderr", "trace", "memory"]
