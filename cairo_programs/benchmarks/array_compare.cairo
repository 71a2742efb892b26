// Two arrays of 1,000 cubes compared element by element, many times.
// flags: --layout plain
// compile: --no_debug_info
// expect: ok
// memory: no (millions of lines)
// slow: yes
func new_segment() -> (start: felt*) {
    %{ memory[ap] = segments.add() %}
    ap += 1;
    return (start=cast([ap - 1], felt*));
}

func fill(array: felt*, index: felt, n: felt) {
    if (index == n) {
        return ();
    }
    assert array[index] = index * index * index;
    return fill(array, index + 1, n);
}

func equal(a: felt*, b: felt*, n: felt) -> (equal: felt) {
    if (n == 0) {
        return (equal=1);
    }
    if ([a] != [b]) {
        return (equal=0);
    }
    return equal(a + 1, b + 1, n - 1);
}

func compare(a: felt*, b: felt*, n: felt, rounds: felt) {
    if (rounds == 0) {
        return ();
    }
    let (same) = equal(a, b, n);
    assert same = 1;
    return compare(a, b, n, rounds - 1);
}

func main() {
    alloc_locals;
    let (local a) = new_segment();
    let (local b) = new_segment();
    fill(a, 0, 1000);
    fill(b, 0, 1000);
    compare(a, b, 1000, 400);
    return ();
}

// suite: inherit = false
// suite: record = ["stdout", "stderr"]
// suite: flags = "--print_output --print_info --print_segments"
// suite: skip = "runs for long"
