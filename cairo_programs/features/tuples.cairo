// Tuples, named and not, nested, compared and taken apart.
// flags: --layout plain
// compile: --no_debug_info
// expect: ok
func swap(pair: (felt, felt)) -> (felt, felt) {
    return (pair[1], pair[0]);
}

func widen(a: felt) -> (low: felt, rest: (felt, felt, (felt,))) {
    return (low=a, rest=(a + 1, a * 2, (a - 5,)));
}

func answers() -> (low: felt, rest: (felt, felt, (felt,))) {
    alloc_locals;
    let (local a, local b) = swap((3, 4));
    assert (a, b) = (4, 3);
    local t: (x: felt, y: (felt, felt)) = (x=1, y=(2, 3));
    assert t.x + t.y[0] = t.y[1];
    let (low, rest) = widen(4);
    assert rest[2][0] = -1;
    return (low=low, rest=rest);
}

func main() {
    answers();
    return ();
}
