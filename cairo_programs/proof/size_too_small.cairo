// A segment can't be used beyond the size that a hint gives it.
// flags: --layout plain --proof_mode
// compile: --proof_mode
// expect: error 1
func main() {
    %{
        new = segments.add(size=1)
        memory[new + 2] = 1
    %}
    [ap] = 1, ap++;
    return ();
}
