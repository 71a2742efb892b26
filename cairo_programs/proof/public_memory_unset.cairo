// A public cell has to be set.
// flags: --layout plain --proof_mode
// compile: --proof_mode
// expect: ok
func main() {
    %{
        new = segments.add(size=4)
        memory[new] = 1
        segments.finalize(new.segment_index, public_memory=[(0, 0), (1, 0)])
    %}
    [ap] = 1, ap++;
    return ();
}

// suite: record = ["stdout", "stderr", "trace", "memory"]
