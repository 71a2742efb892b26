// Only results are written, so many that the list of missing cells is cut.
// flags: --layout recursive
// expect: error 1
// message: Missing memory cells for bitwise
%builtins bitwise

func main(bitwise_ptr: felt*) -> (bitwise_ptr: felt*) {
    assert bitwise_ptr[2] = 0;
    assert bitwise_ptr[3] = 0;
    assert bitwise_ptr[4] = 0;
    assert bitwise_ptr[7] = 0;
    assert bitwise_ptr[8] = 0;
    assert bitwise_ptr[9] = 0;
    assert bitwise_ptr[12] = 0;
    assert bitwise_ptr[13] = 0;
    assert bitwise_ptr[14] = 0;
    assert bitwise_ptr[17] = 0;
    assert bitwise_ptr[18] = 0;
    assert bitwise_ptr[19] = 0;
    assert bitwise_ptr[22] = 0;
    assert bitwise_ptr[23] = 0;
    assert bitwise_ptr[24] = 0;
    assert bitwise_ptr[27] = 0;
    assert bitwise_ptr[28] = 0;
    assert bitwise_ptr[29] = 0;
    assert bitwise_ptr[32] = 0;
    assert bitwise_ptr[33] = 0;
    assert bitwise_ptr[34] = 0;
    assert bitwise_ptr[37] = 0;
    assert bitwise_ptr[38] = 0;
    assert bitwise_ptr[39] = 0;
    assert bitwise_ptr[42] = 0;
    assert bitwise_ptr[43] = 0;
    assert bitwise_ptr[44] = 0;
    assert bitwise_ptr[47] = 0;
    assert bitwise_ptr[48] = 0;
    assert bitwise_ptr[49] = 0;
    assert bitwise_ptr[52] = 0;
    assert bitwise_ptr[53] = 0;
    assert bitwise_ptr[54] = 0;
    assert bitwise_ptr[57] = 0;
    assert bitwise_ptr[58] = 0;
    assert bitwise_ptr[59] = 0;
    return (bitwise_ptr=bitwise_ptr + 60);
}
