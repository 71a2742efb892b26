// Every function of common/math, math_cmp, pow and log2_ceil that has hints.
// flags: --layout small
// expect: ok
%builtins output range_check

from starkware.cairo.common.alloc import alloc
from starkware.cairo.common.log2_ceil import log2_ceil
from starkware.cairo.common.math import (
    abs_value,
    assert_250_bit,
    assert_in_range,
    assert_is_power_of_2,
    assert_le,
    assert_le_felt,
    assert_lt,
    assert_lt_felt,
    assert_nn,
    assert_nn_le,
    assert_not_equal,
    assert_not_nullptr,
    assert_not_zero,
    horner_eval,
    is_quad_residue,
    safe_div,
    safe_mult,
    sign,
    signed_div_rem,
    split_felt,
    split_int,
    sqrt,
    unsigned_div_rem,
)
from starkware.cairo.common.math_cmp import (
    is_in_range,
    is_le,
    is_le_felt,
    is_nn,
    is_nn_le,
    is_not_zero,
)
from starkware.cairo.common.pow import pow, signed_pow
from starkware.cairo.common.serialize import serialize_word

func main{output_ptr: felt*, range_check_ptr}() {
    alloc_locals;
    assert_not_zero(-1);
    assert_not_equal(3, 4);
    let (pointer) = alloc();
    assert_not_nullptr(pointer);
    assert_not_equal(cast(pointer, felt), cast(pointer + 1, felt));
    assert_nn(0);
    assert_nn(2 ** 128 - 1);
    assert_le(-5, 7);
    assert_lt(5, 6);
    assert_nn_le(5, 5);
    assert_in_range(5, 5, 6);
    assert_250_bit(2 ** 250 - 1);
    assert_le_felt(5, -1);
    assert_le_felt(2 ** 250, 2 ** 250 + 1);
    assert_le_felt(-3, -2);
    assert_lt_felt(0, -1);
    assert_is_power_of_2(1024, 20);
    let (high, low) = split_felt(-1);
    serialize_word(high);
    serialize_word(low);
    let value = abs_value(-17);
    serialize_word(value);
    let value = sign(-17);
    serialize_word(value);
    let value = sign(0);
    serialize_word(value);
    let (q, r) = unsigned_div_rem(1000001, 1000);
    serialize_word(q);
    serialize_word(r);
    let (q, r) = signed_div_rem(-1000001, 1000, 2 ** 100);
    serialize_word(q);
    serialize_word(r);
    let value = safe_div(91, 7);
    serialize_word(value);
    let value = safe_mult(2 ** 100, 5);
    serialize_word(value);
    split_int(0x123456789, 5, 256, 256, output_ptr);
    let output_ptr = output_ptr + 5;
    let value = sqrt(2 ** 249 + 12345);
    serialize_word(value);
    let (coefficients) = alloc();
    assert coefficients[0] = 1;
    assert coefficients[1] = 2;
    assert coefficients[2] = 3;
    let (value) = horner_eval(3, coefficients, 10);
    serialize_word(value);
    tempvar range_check_ptr = range_check_ptr;
    let value = is_quad_residue(4);
    serialize_word(value);
    let value = is_quad_residue(3);
    serialize_word(value);
    let value = is_quad_residue(0);
    serialize_word(value);
    let value = is_not_zero(5);
    serialize_word(value);
    let value = is_nn(-5);
    serialize_word(value);
    let value = is_nn(2 ** 200);
    serialize_word(value);
    let value = is_le(5, 4);
    serialize_word(value);
    let value = is_nn_le(4, 5);
    serialize_word(value);
    let value = is_in_range(4, 2, 4);
    serialize_word(value);
    let value = is_le_felt(-1, 1);
    serialize_word(value);
    let value = is_le_felt(2 ** 130, 2 ** 200);
    serialize_word(value);
    let (value) = pow(3, 100);
    serialize_word(value);
    let (value) = pow(7, 0);
    serialize_word(value);
    let value = signed_pow(3, -2);
    serialize_word(value);
    let value = log2_ceil(1000);
    serialize_word(value);
    return ();
}
