// References that are sums, products, constants and casts, and how `ids` reads them after ap has moved.
// flags: --layout plain
// expect: ok
struct Pair {
    first: felt,
    second: felt,
}

func main() {
    alloc_locals;
    local x = 3;
    local y = -4;
    let sum = x + y;
    let product = x * y;
    let constant = 17;
    let quotient = x / 2;
    let nested = (x + 1) * (y - 1);
    let pointer = cast([fp - 2], felt*);
    let typed = cast([fp - 2], Pair*);
    [ap] = 100, ap++;
    let first = [ap - 1];
    [ap] = 200, ap++;
    ap += 5;
    %{
        print(ids.sum, ids.product, ids.constant, ids.first)
        print(ids.quotient, ids.nested)
        print(ids.pointer, ids.typed.address_)
        memory[ids.pointer] = 55
        memory[ids.typed.address_ + 1] = 66
        print(ids.typed.first, ids.typed.second)
    %}
    assert typed.second = 66;
    ret;
}
