// Comparisons and parts of any number of the field.
// flags: --layout small
// expect: ok
%builtins output range_check

from starkware.cairo.common.math import assert_250_bit, assert_le_felt, assert_lt_felt, split_felt
from starkware.cairo.common.serialize import serialize_word

func main{output_ptr: felt*, range_check_ptr}() {
    alloc_locals;
    assert_250_bit(2 ** 250 - 1);
    assert_250_bit(0);
    assert_le_felt(0, 0);
    assert_le_felt(5, -5);
    assert_le_felt(-5, -5);
    assert_lt_felt(-6, -5);
    assert_lt_felt(2 ** 251 - 1, 2 ** 251);
    let (high, low) = split_felt(-1);
    let (high2, low2) = split_felt(2 ** 128 + 9);
    serialize_word(high);
    serialize_word(low);
    serialize_word(high2);
    serialize_word(low2);
    return ();
}
