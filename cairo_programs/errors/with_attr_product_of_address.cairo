// A message names an address multiplied.
// flags: --layout plain
// expect: error 1
func main() {
    alloc_locals;
    let (a) = address();
    local b: felt* = a;
    let x = cast(b, felt) * 2;
    with_attr error_message("x is {x}") {
        assert 1 = 2;
    }
    return ();
}

func address() -> (a: felt*) {
    return (a=cast([fp - 2], felt*));
}
