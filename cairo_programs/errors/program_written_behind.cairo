// A cell behind the program is written: noticed by the check of a secure run.
// flags: --layout plain
// expect: error 1
// message: Out of bounds access to program segment at 0:100.
func main() {
    alloc_locals;
    local code: felt*;
    %{ ids.code = pc - pc.offset %}
    assert code[100] = 5;
    return ();
}
