// Reads behind a pointer: an array of 1,000 squares is filled once and searched from its start many times.
// flags: --layout plain
// compile: --no_debug_info
// expect: ok
// memory: no (a million lines)
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
    assert array[index] = index * index;
    return fill(array, index + 1, n);
}

func find(array: felt*, index: felt, value: felt) -> (index: felt) {
    if ([array] == value) {
        return (index=index);
    }
    return find(array + 1, index + 1, value);
}

func search(array: felt*, n: felt, rounds: felt) {
    if (rounds == 0) {
        return ();
    }
    let (index) = find(array, 0, (n - 1) * (n - 1));
    assert index = n - 1;
    return search(array, n, rounds - 1);
}

func main() {
    alloc_locals;
    let (local array) = new_segment();
    fill(array, 0, 1000);
    search(array, 1000, 190);
    return ();
}

// suite: inherit = false
// suite: record = ["stdout", "stderr"]
// suite: flags = "--print_output --print_info --print_segments"
// suite: skip = "runs for long"
