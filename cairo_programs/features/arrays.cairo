// Arrays in the frame, behind a pointer, as constants in the code, and of structs.
// flags: --layout plain
// compile: --no_debug_info
// expect: ok
struct Pair {
    left: felt,
    right: felt,
}

func own_fp() -> (value: felt*) {
    return (value=cast([fp - 2], felt*));
}

func code_address() -> (value: felt*) {
    return (value=cast([fp - 1], felt*));
}

func primes() -> (list: felt*) {
    let (list) = code_address();
    here:
    return (list=list + (data - here));
    data:
    dw 2;
    dw 3;
    dw 5;
    dw 7;
    dw -11;
}

func fill(list: felt*, n: felt, value: felt) {
    if (n == 0) {
        return ();
    }
    assert [list] = value;
    return fill(list + 1, n - 1, value * 3);
}

func sum(list: felt*, n: felt) -> (sum: felt) {
    if (n == 0) {
        return (sum=0);
    }
    let (rest) = sum(list + 1, n - 1);
    return (sum=rest + [list]);
}

func answers(list: felt*) -> (sum: felt, of_code: felt, of_pairs: felt) {
    alloc_locals;
    let (__fp__) = own_fp();
    local start;
    local b;
    local c;
    local pairs: Pair*;
    fill(list, 12, 1);
    let (local total) = sum(list, 12);
    assert total = (3 ** 12 - 1) / 2;
    let (code) = primes();
    let (local of_code) = sum(code, 5);
    assert of_code = 6;
    assert pairs = cast(list + 100, Pair*);
    assert pairs[0] = Pair(left=1, right=2);
    assert pairs[2] = Pair(left=5, right=6);
    assert pairs[1] = Pair(left=pairs[0].right + 1, right=pairs[2].left - 1);
    let (local of_pairs) = sum(pairs, 3 * Pair.SIZE);
    assert of_pairs = 21;
    assert start = 1;
    assert b = [&start];
    assert (&start)[2] = 3;
    assert c = 3;
    return (sum=total, of_code=of_code, of_pairs=of_pairs);
}

func main() {
    answers(cast([fp - 2], felt*));
    return ();
}
