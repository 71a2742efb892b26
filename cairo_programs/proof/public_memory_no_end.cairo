// A run that is cut off has the public memory that hints have named, and the sizes.
// flags: --layout plain --steps 40 --no_end --proof_mode
// compile: --proof_mode
// expect: ok
func main() {
    %{
        segments.finalize(0, size=100, public_memory=[(1, 0), (3, 4)])
        segments.finalize(ap.segment_index, size=400, public_memory=[(0, 2), (-99, 0)])
        memory[segments.add()] = 3
    %}
    loop(1000);
    return ();
}

func loop(left: felt) {
    if (left == 0) {
        return ();
    }
    return loop(left - 1);
}

// suite: record = ["stdout", "stderr", "trace", "memory"]
