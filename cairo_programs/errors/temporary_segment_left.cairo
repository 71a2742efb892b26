// A temporary segment that was never laid into a real one.
// flags: --layout plain
// expect: error 1
func main() {
    alloc_locals;
    local p: felt*;
    %{ ids.p = segments.add_temp_segment() %}
    assert p[0] = 5;
    ret;
}
