// Bits of numbers, and the two truth values.
// flags: --layout recursive
// expect: ok
%builtins output bitwise

from starkware.cairo.common.cairo_builtins import BitwiseBuiltin
from starkware.cairo.common.bitwise import ALL_ONES, bitwise_and, bitwise_not, bitwise_operations, bitwise_or, bitwise_xor
from starkware.cairo.common.bool import FALSE, TRUE
from starkware.cairo.common.serialize import serialize_word

func main{output_ptr: felt*, bitwise_ptr: BitwiseBuiltin*}() {
    alloc_locals;
    let (both, xor, or) = bitwise_operations(12, 10);
    let (x) = bitwise_and(ALL_ONES, 2 ** 250 + 7);
    let (y) = bitwise_xor(2 ** 200, 2 ** 200 + 1);
    let (z) = bitwise_or(1, 2 ** 100);
    let (not) = bitwise_not(5);
    serialize_word(both);
    serialize_word(xor);
    serialize_word(or);
    serialize_word(x);
    serialize_word(y);
    serialize_word(z);
    serialize_word(not);
    serialize_word(FALSE);
    serialize_word(TRUE);
    return ();
}
