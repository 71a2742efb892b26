// Comparison and division as the standard library does it, with hints of this program.
// flags: --layout starknet
// compile: --no_debug_info
// expect: ok
%builtins output range_check

func main{output_ptr: felt*, range_check_ptr}() {
    let (quotient, rest) = divide(10 ** 30 + 7, 10 ** 9 + 1);
    assert output_ptr[0] = quotient;
    assert output_ptr[1] = rest;
    let output_ptr = output_ptr + 2;
    return ();
}

func divide{range_check_ptr}(value: felt, by: felt) -> (quotient: felt, rest: felt) {
    let quotient = [range_check_ptr];
    let rest = [range_check_ptr + 1];
    %{ memory[ids.range_check_ptr], memory[ids.range_check_ptr + 1] = divmod(ids.value, ids.by) %}
    assert [range_check_ptr + 2] = by - 1 - rest;
    assert value = quotient * by + rest;
    let range_check_ptr = range_check_ptr + 3;
    return (quotient=quotient, rest=rest);
}
