// Nondeterministic values in expressions, to a tempvar and to a local, with coercion by int().
// flags: --layout plain
// expect: ok
func main() {
    alloc_locals;
    %{ secret = [4, 9, 16] %}
    local a = nondet %{ secret[0] %};
    local b = nondet %{ 7 / 2 %};
    local p: felt* = cast(nondet %{ segments.add() %}, felt*);
    tempvar c = nondet %{ True %};
    tempvar d = nondet %{ -1 %};
    assert p[0] = nondet %{ sum(secret) %};
    assert a = 4;
    assert b = 3;
    assert c = 1;
    assert d = -1;
    assert [p] = 29;
    ret;
}
