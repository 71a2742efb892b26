// Chosen cells of an array.
// flags: --layout small
// expect: ok
%builtins output

from starkware.cairo.common.alloc import alloc
from starkware.cairo.common.copy_indices import copy_indices
from starkware.cairo.common.serialize import serialize_word

func main{output_ptr: felt*}() {
    alloc_locals;
    let (local from_array: felt*) = alloc();
    let (local indices: felt*) = alloc();
    let (local to_array: felt*) = alloc();
    assert from_array[0] = 10;
    assert from_array[1] = 11;
    assert from_array[2] = 12;
    assert from_array[7] = 17;
    assert indices[0] = 7;
    assert indices[1] = 0;
    assert indices[2] = 7;
    copy_indices(dst=to_array, src=from_array, indices=indices, len=3);
    serialize_word(to_array[0]);
    serialize_word(to_array[1]);
    serialize_word(to_array[2]);
    return ();
}
