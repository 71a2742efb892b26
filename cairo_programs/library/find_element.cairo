// Elements of arrays by their first cell.
// flags: --layout small
// expect: ok
%builtins output range_check

from starkware.cairo.common.alloc import alloc
from starkware.cairo.common.find_element import find_element, search_sorted, search_sorted_lower, search_sorted_optimistic
from starkware.cairo.common.serialize import serialize_word

func main{output_ptr: felt*, range_check_ptr}() {
    alloc_locals;
    let (local array: felt*) = alloc();
    assert array[0] = 3;
    assert array[1] = 30;
    assert array[2] = 7;
    assert array[3] = 70;
    assert array[4] = 9;
    assert array[5] = 90;
    assert array[6] = 20;
    assert array[7] = 200;
    let (found: felt*) = find_element(array_ptr=array, elm_size=2, n_elms=4, key=7);
    local value = found[1];
    let (lower: felt*) = search_sorted_lower(array_ptr=array, elm_size=2, n_elms=4, key=8);
    local lower_key = lower[0];
    let (behind: felt*) = search_sorted_lower(array_ptr=array, elm_size=2, n_elms=4, key=21);
    local distance = cast(behind, felt) - cast(array, felt);
    let (there: felt*, success) = search_sorted(array_ptr=array, elm_size=2, n_elms=4, key=20);
    local there_value = there[1];
    local good = success;
    let (_, failure) = search_sorted(array_ptr=array, elm_size=2, n_elms=4, key=4);
    local bad = failure;
    let (_, optimistic) = search_sorted_optimistic(array_ptr=array, elm_size=2, n_elms=4, key=9);
    serialize_word(value);
    serialize_word(lower_key);
    serialize_word(distance);
    serialize_word(there_value);
    serialize_word(good);
    serialize_word(bad);
    serialize_word(optimistic);
    return ();
}
