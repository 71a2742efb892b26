// Local variables set in any order, or never; a local that takes its value later.
// flags: --layout plain
// compile: --no_debug_info
// expect: ok
func fill(x: felt) -> (r: felt) {
    alloc_locals;
    local a;
    local b = x + 1;
    local never;
    local c;
    c = b * 2;
    a = c - b;
    local d = a + b + c;
    return (r=d);
}

func answers() -> (r: felt) {
    alloc_locals;
    let (local first) = fill(4);
    let (second) = fill(first);
    return (r=first - second);
}

func main() {
    answers();
    return ();
}
