// A secure run asks for the end of every builtin of the layout.
// flags: --layout small --secure_run --proof_mode
// compile: --proof_mode
// expect: error 1
// message: output segment stop ptr is None.
func main() {
    %{ memory[range_check_builtin.base] = 70000 %}
    return ();
}
