// A hint writes to a builtin of the layout that the program does not ask for.
// flags: --layout small --proof_mode
// compile: --proof_mode
// expect: ok
func main() {
    %{
        memory[range_check_builtin.base] = 70000
        memory[range_check_builtin.base + 1] = 5
    %}
    return ();
}

// suite: record = ["stdout", "stderr", "trace", "memory"]
