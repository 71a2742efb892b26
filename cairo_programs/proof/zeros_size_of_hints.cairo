// The zero segment has the size that builtins need, whatever hints say.
// flags: --layout dynamic --cairo_layout_params_file cairo_programs/builtins/layout_params/all.json --proof_mode
// compile: --proof_mode
// expect: ok
func main() {
    %{
        last = segments.n_segments - 1
        segments.finalize(last, size=500, public_memory=[(0, 0)])
        memory[segments.add()] = 3
    %}
    [ap] = 1, ap++;
    return ();
}

// suite: record = ["stdout", "stderr", "trace", "memory"]
