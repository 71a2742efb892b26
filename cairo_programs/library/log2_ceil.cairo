// Logarithms and powers.
// flags: --layout small
// expect: ok
%builtins output range_check

from starkware.cairo.common.log2_ceil import log2_ceil
from starkware.cairo.common.pow import pow, signed_pow
from starkware.cairo.common.serialize import serialize_word

func main{output_ptr: felt*, range_check_ptr}() {
    alloc_locals;
    let a = log2_ceil(1);
    let b = log2_ceil(2);
    let c = log2_ceil(1000);
    let d = log2_ceil(2 ** 127);
    let (e) = pow(3, 0);
    let (f) = pow(3, 1);
    let (g) = pow(-7, 100);
    let (h) = pow(0, 5);
    let i = signed_pow(2, -3);
    serialize_word(a);
    serialize_word(b);
    serialize_word(c);
    serialize_word(d);
    serialize_word(e);
    serialize_word(f);
    serialize_word(g);
    serialize_word(h);
    serialize_word(i * 8);
    return ();
}
