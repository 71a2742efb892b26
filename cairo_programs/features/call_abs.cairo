// `call abs` of an address in memory: made from the return address of a call, relative to fp and to ap.
// flags: --layout plain
// compile: --no_debug_info
// expect: ok
func return_address() -> (address: felt) {
    return (address=[fp - 1]);
}

func triple(x: felt) -> (r: felt) {
    return (r=x + x + x);
}

func main() {
    alloc_locals;
    local triple_address;
    let (here_address) = return_address();
    here:
    [ap] = triple - here, ap++;
    assert triple_address = here_address + [ap - 1];
    [ap] = 14, ap++;
    call abs [fp];
    [ap - 1] = 42;
    // The same after a way through another segment.
    [fp] = [[fp - 2] + 5];
    [ap] = 5, ap++;
    [ap] = [[fp - 2] + 5], ap++;
    [ap] = 6, ap++;
    call abs [ap - 2];
    [ap] = [ap - 1], ap++;
    let (never) = triple(0);
    ret;
}
