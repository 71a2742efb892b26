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
    tempvar far_below = b - 2 ** 62;
    tempvar back = far_below + 2 ** 62;
    assert back = b;
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
