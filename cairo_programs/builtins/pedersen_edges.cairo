// Hashes of the smallest and the largest values; the result is put out.
// flags: --layout dex
// compile: --no_debug_info
// expect: ok
%builtins output pedersen

func main(output_ptr: felt*, pedersen_ptr: felt*) -> (output_ptr: felt*, pedersen_ptr: felt*) {
    assert pedersen_ptr[0] = 0;
    assert pedersen_ptr[1] = 0;
    assert output_ptr[0] = pedersen_ptr[2];

    assert pedersen_ptr[3] = -1;
    assert pedersen_ptr[4] = -1;
    assert output_ptr[1] = pedersen_ptr[5];

    assert pedersen_ptr[6] = 2 ** 248;
    assert pedersen_ptr[7] = 2 ** 248 - 1;
    assert output_ptr[2] = pedersen_ptr[8];

    assert pedersen_ptr[9] = 2 ** 251;
    assert pedersen_ptr[10] = 1 / 3;
    assert output_ptr[3] = pedersen_ptr[11];

    assert pedersen_ptr[12] = 0;
    assert pedersen_ptr[13] = 1;
    assert output_ptr[4] = pedersen_ptr[14];

    assert pedersen_ptr[15] = 1;
    assert pedersen_ptr[16] = 0;
    assert output_ptr[5] = pedersen_ptr[17];
    return (output_ptr=output_ptr + 6, pedersen_ptr=pedersen_ptr + 18);
}
