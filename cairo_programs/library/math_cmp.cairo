// Comparisons as numbers.
// flags: --layout small
// expect: ok
%builtins output range_check

from starkware.cairo.common.math_cmp import RC_BOUND, is_in_range, is_le, is_le_felt, is_nn, is_nn_le, is_not_zero
from starkware.cairo.common.serialize import serialize_word

func main{output_ptr: felt*, range_check_ptr}() {
    alloc_locals;
    let a = is_not_zero(0);
    let b = is_not_zero(-1);
    let c = is_nn(-1);
    let d = is_nn(RC_BOUND - 1);
    let e = is_nn(RC_BOUND);
    let f = is_le(3, 2);
    let g = is_le(2, 3);
    let h = is_nn_le(0, 5);
    let i = is_in_range(5, 1, 5);
    let j = is_le_felt(-2, -1);
    let k = is_le_felt(-1, 1);
    serialize_word(a);
    serialize_word(b);
    serialize_word(c);
    serialize_word(d);
    serialize_word(e);
    serialize_word(f);
    serialize_word(g);
    serialize_word(h);
    serialize_word(i);
    serialize_word(j);
    serialize_word(k);
    return ();
}
