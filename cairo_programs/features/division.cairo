// Division: folded by the compiler, of a variable by a constant, of two variables, inverse and back.
// flags: --layout plain
// compile: --no_debug_info
// expect: ok
func inverse(x: felt) -> (r: felt) {
    return (r=1 / x);
}

func main() {
    alloc_locals;
    tempvar folded = 3 / 7;
    assert folded * 7 = 3;
    local x = 22;
    tempvar by_constant = x / 7;
    assert by_constant * 7 = 22;
    local y = -5;
    tempvar by_variable = x / y;
    assert by_variable * y = x;
    tempvar whole = x / 11;
    assert whole = 2;
    let (a) = inverse(x);
    let (b) = inverse(a);
    assert b = x;
    let (c) = inverse(-1);
    assert c = -1;
    tempvar zero = 0 / y;
    assert zero = 0;
    ret;
}
