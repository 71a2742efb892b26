// The three results, for small and for the largest inputs.
// flags: --layout recursive
// compile: --no_debug_info
// expect: ok
%builtins output bitwise

func main(output_ptr: felt*, bitwise_ptr: felt*) -> (output_ptr: felt*, bitwise_ptr: felt*) {
    assert bitwise_ptr[0] = 12;
    assert bitwise_ptr[1] = 10;
    assert output_ptr[0] = bitwise_ptr[2];
    assert output_ptr[1] = bitwise_ptr[3];
    assert output_ptr[2] = bitwise_ptr[4];

    assert bitwise_ptr[5] = 2 ** 251 - 1;
    assert bitwise_ptr[6] = 2 ** 250 + 5;
    assert output_ptr[3] = bitwise_ptr[7];
    assert output_ptr[4] = bitwise_ptr[8];
    assert output_ptr[5] = bitwise_ptr[9];

    assert bitwise_ptr[10] = 0;
    assert bitwise_ptr[11] = 0;
    assert bitwise_ptr[12] = 0;
    assert bitwise_ptr[13] = 0;
    assert bitwise_ptr[14] = 0;
    return (output_ptr=output_ptr + 6, bitwise_ptr=bitwise_ptr + 15);
}
