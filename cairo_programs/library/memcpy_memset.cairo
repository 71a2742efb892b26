// Copies and repetitions.
// flags: --layout small
// expect: ok
%builtins output

from starkware.cairo.common.alloc import alloc
from starkware.cairo.common.memcpy import memcpy
from starkware.cairo.common.memset import memset
from starkware.cairo.common.serialize import serialize_word

func main{output_ptr: felt*}() {
    alloc_locals;
    let (local array: felt*) = alloc();
    let (local copy: felt*) = alloc();
    memset(dst=array, value=7, n=5);
    memset(dst=array + 5, value=-1, n=1);
    memset(dst=array, value=8, n=0);
    memcpy(dst=copy, src=array, len=6);
    memcpy(dst=copy, src=array, len=0);
    memcpy(dst=copy + 10, src=copy + 3, len=3);
    serialize_word(copy[0]);
    serialize_word(copy[5]);
    serialize_word(copy[12]);
    return ();
}
