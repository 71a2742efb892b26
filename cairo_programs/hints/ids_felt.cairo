// `ids` of felts: arguments, locals, tempvars and references, read and assigned.
// flags: --layout plain
// expect: ok
func check(a: felt, b: felt) -> (r: felt) {
    alloc_locals;
    local c;
    local d;
    let product = a * b;
    let shifted = a + 5;
    %{
        print(ids.a, ids.b, ids.product, ids.shifted)
        ids.c = ids.a * ids.b
        ids.d = -ids.a
        print(ids.c, ids.d, ids.d == PRIME - 6)
    %}
    assert c = product;
    assert d = -a;
    tempvar t = c + d;
    %{ print('t', ids.t, memory[ap - 1]) %}
    tempvar u;
    %{ ids.u = ids.t + 1 %}
    assert u = t + 1;
    return (r=u);
}

func main() {
    check(6, 7);
    return ();
}
