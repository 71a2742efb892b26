// Frames within frames, with arguments passed on by pointer to the caller's frame.
// flags: --layout plain
// compile: --no_debug_info
// expect: ok
func own_fp() -> (value: felt*) {
    return (value=cast([fp - 2], felt*));
}

func inner(frame: felt*, depth: felt) -> (sum: felt) {
    alloc_locals;
    let (__fp__) = own_fp();
    local mine = depth * 100;
    if (depth == 0) {
        return (sum=[frame]);
    }
    let (below) = inner(&mine, depth - 1);
    return (sum=below + [frame]);
}

func answers() -> (sum: felt) {
    alloc_locals;
    let (__fp__) = own_fp();
    local mine = 7;
    let (sum) = inner(&mine, 4);
    assert sum = 7 + 400 + 300 + 200 + 100;
    return (sum=sum);
}

func main() {
    answers();
    return ();
}
