// Sums and differences of pointers, offsets that are negative on the way, and pointers into several segments.
// flags: --layout plain --no_secure_run
// compile: --no_debug_info
// expect: ok
func answers() -> (distance: felt, other: felt) {
    alloc_locals;
    let a = cast([fp - 2], felt*);
    let b = cast([fp - 1], felt*);
    // The offset wraps round the prime and comes back.
    tempvar below = a - 1;
    tempvar back = below + 1;
    assert back = a;
    tempvar far_below = b - 2 ** 200;
    tempvar back = far_below + 2 ** 200;
    assert back = b;
    // Half the prime to and fro.
    tempvar half = a + 1809251394333065606848661391547535052811553607665798349986546028067936010241;
    tempvar whole = half + 1809251394333065606848661391547535052811553607665798349986546028067936010241;
    assert whole = a + 1;
    tempvar high = a + 1000;
    tempvar distance = high - a;
    assert distance = 1000;
    tempvar negative = a - high;
    assert negative = -1000;
    // Difference deduced as a missing summand.
    [ap] = high, ap++;
    [ap - 1] = [ap] + a, ap++;
    [ap - 1] = 1000;
    local kept = distance;
    return (distance=kept, other=high - (a + 1));
}

func main() {
    answers();
    return ();
}
