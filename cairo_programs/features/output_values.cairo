// The output builtin with negative values, values round half the prime, pointers to nowhere among them none.
// flags: --layout small
// compile: --no_debug_info
// expect: ok
%builtins output

func main(output_ptr: felt*) -> (output_ptr: felt*) {
    assert output_ptr[0] = 0;
    assert output_ptr[1] = -1;
    assert output_ptr[2] = 1809251394333065606848661391547535052811553607665798349986546028067936010240;
    assert output_ptr[3] = 1809251394333065606848661391547535052811553607665798349986546028067936010241;
    assert output_ptr[4] = 2 ** 128;
    assert output_ptr[5] = -(2 ** 64);
    assert output_ptr[6] = 18446744073709551615;
    assert output_ptr[7] = 1 / 2;
    return (output_ptr=output_ptr + 8);
}
