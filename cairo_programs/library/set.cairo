// Elements that are added once.
// flags: --layout small
// expect: ok
%builtins output range_check

from starkware.cairo.common.alloc import alloc
from starkware.cairo.common.set import set_add
from starkware.cairo.common.serialize import serialize_word

func main{output_ptr: felt*, range_check_ptr}() {
    alloc_locals;
    let (local elements: felt*) = alloc();
    assert elements[0] = 5;
    assert elements[1] = 6;
    assert elements[2] = 7;
    assert elements[3] = 8;
    assert elements[4] = 5;
    assert elements[5] = 6;
    let (local the_set: felt*) = alloc();
    let set_end_ptr = the_set;
    with set_end_ptr {
        set_add(the_set, 2, elements);
        set_add(the_set, 2, elements + 2);
        set_add(the_set, 2, elements + 4);
    }
    serialize_word(set_end_ptr - the_set);
    serialize_word(the_set[3]);
    return ();
}
