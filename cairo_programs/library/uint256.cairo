// Numbers of 256 bits.
// flags: --layout starknet
// expect: ok
%builtins output range_check bitwise

from starkware.cairo.common.cairo_builtins import BitwiseBuiltin
from starkware.cairo.common.uint256 import Uint256, assert_uint256_eq, assert_uint256_le, assert_uint256_lt, felt_to_uint256, uint256_add, uint256_and, uint256_check, uint256_cond_neg, uint256_eq, uint256_le, uint256_lt, uint256_mul, uint256_mul_div_mod, uint256_neg, uint256_not, uint256_or, uint256_pow2, uint256_reverse_endian, uint256_shl, uint256_shr, uint256_signed_div_rem, uint256_signed_le, uint256_signed_lt, uint256_signed_nn, uint256_signed_nn_le, uint256_sqrt, uint256_sub, uint256_to_felt, uint256_unsigned_div_rem, uint256_xor
from starkware.cairo.common.serialize import serialize_word

func main{output_ptr: felt*, range_check_ptr, bitwise_ptr: BitwiseBuiltin*}() {
    alloc_locals;
    local a: Uint256 = Uint256(low=2 ** 127 + 12345, high=2 ** 100 + 1);
    local b: Uint256 = Uint256(low=2 ** 128 - 1, high=17);
    uint256_check(a);
    let (local sum: Uint256, local carry) = uint256_add(a, b);
    let (local difference: Uint256) = uint256_sub(a, b);
    let (local low: Uint256, local high: Uint256) = uint256_mul(a, b);
    let (local quotient: Uint256, local rest: Uint256) = uint256_unsigned_div_rem(a, b);
    let (local root: Uint256) = uint256_sqrt(a);
    let (local qlow: Uint256, local qhigh: Uint256, local mod: Uint256) = uint256_mul_div_mod(a, b, b);
    let (local neg: Uint256) = uint256_neg(a);
    let (local sq: Uint256, local sr: Uint256) = uint256_signed_div_rem(neg, b);
    let (local not: Uint256) = uint256_not(a);
    let (local cneg: Uint256) = uint256_cond_neg(b, 1);
    let (local xor: Uint256) = uint256_xor(a, b);
    let (local both: Uint256) = uint256_and(a, b);
    let (local or: Uint256) = uint256_or(a, b);
    let (local shl: Uint256) = uint256_shl(a, Uint256(low=77, high=0));
    let (local shr: Uint256) = uint256_shr(a, Uint256(low=77, high=0));
    let (local pow: Uint256) = uint256_pow2(Uint256(low=200, high=0));
    let (local rev: Uint256) = uint256_reverse_endian(a);
    let minus_one = felt_to_uint256(-1);
    local wide: Uint256 = minus_one;
    local back = uint256_to_felt(Uint256(low=5, high=6));
    assert_uint256_eq(a, a);
    assert_uint256_lt(b, a);
    assert_uint256_le(b, a);
    let (local c0) = uint256_lt(a, b);
    let (local c1) = uint256_le(b, a);
    let (local c2) = uint256_eq(a, b);
    let (local c3) = uint256_signed_lt(neg, b);
    let (local c4) = uint256_signed_le(neg, b);
    let (local c5) = uint256_signed_nn(neg);
    let (local c6) = uint256_signed_nn_le(b, a);
    serialize_word(sum.low);
    serialize_word(sum.high);
    serialize_word(difference.low);
    serialize_word(difference.high);
    serialize_word(low.low);
    serialize_word(low.high);
    serialize_word(high.low);
    serialize_word(high.high);
    serialize_word(quotient.low);
    serialize_word(quotient.high);
    serialize_word(rest.low);
    serialize_word(rest.high);
    serialize_word(root.low);
    serialize_word(root.high);
    serialize_word(qlow.low);
    serialize_word(qlow.high);
    serialize_word(qhigh.low);
    serialize_word(qhigh.high);
    serialize_word(mod.low);
    serialize_word(mod.high);
    serialize_word(sq.low);
    serialize_word(sq.high);
    serialize_word(sr.low);
    serialize_word(sr.high);
    serialize_word(not.low);
    serialize_word(not.high);
    serialize_word(neg.low);
    serialize_word(neg.high);
    serialize_word(cneg.low);
    serialize_word(cneg.high);
    serialize_word(xor.low);
    serialize_word(xor.high);
    serialize_word(both.low);
    serialize_word(both.high);
    serialize_word(or.low);
    serialize_word(or.high);
    serialize_word(shl.low);
    serialize_word(shl.high);
    serialize_word(shr.low);
    serialize_word(shr.high);
    serialize_word(pow.low);
    serialize_word(pow.high);
    serialize_word(rev.low);
    serialize_word(rev.high);
    serialize_word(wide.low);
    serialize_word(wide.high);
    serialize_word(carry);
    serialize_word(back);
    serialize_word(c0);
    serialize_word(c1);
    serialize_word(c2);
    serialize_word(c3);
    serialize_word(c4);
    serialize_word(c5);
    serialize_word(c6);
    return ();
}
