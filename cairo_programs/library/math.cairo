// Assertions and arithmetic on small numbers.
// flags: --layout small
// expect: ok
%builtins output range_check

from starkware.cairo.common.alloc import alloc
from starkware.cairo.common.math import assert_not_zero, assert_not_nullptr, assert_not_equal, assert_nn, assert_le, assert_lt, assert_nn_le, assert_in_range, abs_value, sign, unsigned_div_rem, signed_div_rem, safe_div, safe_mult, split_int, sqrt, horner_eval, assert_is_power_of_2
from starkware.cairo.common.serialize import serialize_word

func main{output_ptr: felt*, range_check_ptr}() {
    alloc_locals;
    assert_not_zero(-1);
    assert_not_equal(5, 6);
    assert_nn(2 ** 128 - 1);
    assert_le(5, 5);
    assert_lt(5, 6);
    assert_nn_le(0, 9);
    assert_in_range(3, 3, 4);
    assert_is_power_of_2(2 ** 70, 100);
    let (local digits: felt*) = alloc();
    assert_not_nullptr(digits);
    split_int(value=12345, n=6, base=10, bound=10, output=digits);
    let a = abs_value(-15);
    let b = sign(-15);
    let c = sign(0);
    let (q, r) = unsigned_div_rem(2 ** 127 + 3, 1000);
    let (sq, sr) = signed_div_rem(-17, 5, 2 ** 64);
    let s = safe_div(144, 12);
    let m = safe_mult(2 ** 60, 2 ** 60);
    let root = sqrt(2 ** 249 + 12345);
    let (h) = horner_eval(4, digits, 100);
    serialize_word(digits[0]);
    serialize_word(digits[4]);
    serialize_word(digits[5]);
    serialize_word(a);
    serialize_word(b);
    serialize_word(c);
    serialize_word(q);
    serialize_word(r);
    serialize_word(sq);
    serialize_word(sr);
    serialize_word(s);
    serialize_word(m);
    serialize_word(root);
    serialize_word(h);
    return ();
}
