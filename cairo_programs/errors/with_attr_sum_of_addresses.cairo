// A message names a sum of two addresses.
// flags: --layout plain
// expect: error 1
func main() {
    alloc_locals;
    let (a) = address();
    local b: felt* = a;
    let x = cast(b, felt) + cast(b, felt);
    with_attr error_message("x is {x}") {
        assert 1 = 2;
    }
    return ();
}

func address() -> (a: felt*) {
    return (a=cast([fp - 2], felt*));
}
