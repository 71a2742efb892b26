// New segments from hints: empty, filled, pointers between them, and the size given.
// flags: --layout plain
// expect: ok
func main() {
    alloc_locals;
    local a: felt*;
    local b: felt*;
    %{
        ids.a = segments.add()
        ids.b = segments.add()
        unused = segments.add()
        print(ids.a, ids.b, unused, segments.n_segments)
    %}
    %{ memory[ap] = segments.add() %}
    ap += 1;
    tempvar third = [ap - 1];
    assert a[0] = 1;
    assert a[1] = cast(b, felt);
    assert b[2] = 3;
    assert b[0] = third;
    tempvar c = cast(b[0], felt*);
    assert c[0] = cast(a, felt);
    ret;
}
