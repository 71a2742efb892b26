// A hint guesses, the program checks: division with remainder of small numbers.
// flags: --layout small
// expect: ok
%builtins output

func divide(a: felt, b: felt) -> (quotient: felt, remainder: felt) {
    alloc_locals;
    local quotient;
    local remainder;
    %{ ids.quotient, ids.remainder = divmod(ids.a, ids.b) %}
    assert a = quotient * b + remainder;
    return (quotient=quotient, remainder=remainder);
}

func main{output_ptr: felt*}() {
    let (quotient, remainder) = divide(1000003, 97);
    assert output_ptr[0] = quotient;
    assert output_ptr[1] = remainder;
    let output_ptr = output_ptr + 2;
    return ();
}
