// Every function of common/uint256 that has hints.
// flags: --layout recursive
// expect: ok
%builtins output range_check bitwise

from starkware.cairo.common.cairo_builtins import BitwiseBuiltin
from starkware.cairo.common.serialize import serialize_word
from starkware.cairo.common.uint256 import (
    Uint256,
    felt_to_uint256,
    uint256_add,
    uint256_le,
    uint256_lt,
    uint256_mul,
    uint256_mul_div_mod,
    uint256_neg,
    uint256_reverse_endian,
    uint256_shl,
    uint256_shr,
    uint256_signed_div_rem,
    uint256_signed_lt,
    uint256_signed_nn,
    uint256_sqrt,
    uint256_sub,
    uint256_unsigned_div_rem,
    uint256_xor,
)

func show{output_ptr: felt*}(number: Uint256) {
    serialize_word(number.low);
    serialize_word(number.high);
    return ();
}

func main{output_ptr: felt*, range_check_ptr, bitwise_ptr: BitwiseBuiltin*}() {
    alloc_locals;
    local a: Uint256 = Uint256(low=2 ** 128 - 5, high=2 ** 127 + 99);
    local b: Uint256 = Uint256(low=123456789, high=2 ** 90);
    local small: Uint256 = Uint256(low=37, high=0);
    let (res, carry) = uint256_add(a, b);
    show(res);
    serialize_word(carry);
    let (res, carry) = uint256_add(a, a);
    show(res);
    serialize_word(carry);
    let (low, high) = uint256_mul(a, b);
    show(low);
    show(high);
    let (root) = uint256_sqrt(a);
    show(root);
    let (root) = uint256_sqrt(Uint256(low=0, high=0));
    show(root);
    let (less) = uint256_lt(b, a);
    serialize_word(less);
    let (less) = uint256_le(a, b);
    serialize_word(less);
    let (less) = uint256_signed_lt(a, b);
    serialize_word(less);
    let (positive) = uint256_signed_nn(a);
    serialize_word(positive);
    let (q, r) = uint256_unsigned_div_rem(a, b);
    show(q);
    show(r);
    let (q, r) = uint256_unsigned_div_rem(a, Uint256(low=0, high=0));
    show(q);
    let (q, r) = uint256_signed_div_rem(a, small);
    show(q);
    show(r);
    let (quotient_low, quotient_high, remainder) = uint256_mul_div_mod(a, b, small);
    show(quotient_low);
    show(quotient_high);
    show(remainder);
    let (res) = uint256_neg(b);
    show(res);
    let (res) = uint256_sub(b, a);
    show(res);
    let (res) = uint256_shl(a, small);
    show(res);
    let (res) = uint256_shr(a, small);
    show(res);
    let (res) = uint256_xor(a, b);
    show(res);
    let (res) = uint256_reverse_endian(a);
    show(res);
    let res = felt_to_uint256(-1);
    show(res);
    return ();
}
