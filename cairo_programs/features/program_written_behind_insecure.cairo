// A cell behind the program is written: allowed where nothing is checked.
// flags: --layout plain --no_secure_run
// compile: --no_debug_info
// expect: ok
func main() {
    alloc_locals;
    local code: felt*;
    %{ ids.code = pc - pc.offset %}
    assert code[100] = 5;
    return ();
}
