// Sizes that hints give make holes.
// flags: --layout plain --proof_mode
// compile: --proof_mode
// expect: ok
func main() {
    %{
        segments.add(size=5000)
        memory[segments.add(3)] = 3
        segments.finalize(0, 400)
        segments.finalize(ap.segment_index, 1500)
        # There are no such segments, but they count for the holes.
        segments.finalize(77, 6000)
        segments.finalize(-5, -4000)
    %}
    [ap] = 1, ap++;
    return ();
}

// suite: record = ["stdout", "stderr", "trace", "memory"]
