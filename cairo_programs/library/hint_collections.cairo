// Dictionaries, sets, sorting and searching.
// flags: --layout small
// expect: ok
%builtins output range_check

from starkware.cairo.common.alloc import alloc
from starkware.cairo.common.copy_indices import copy_indices
from starkware.cairo.common.default_dict import default_dict_finalize, default_dict_new
from starkware.cairo.common.dict import dict_new, dict_read, dict_squash, dict_update, dict_write
from starkware.cairo.common.dict_access import DictAccess
from starkware.cairo.common.find_element import (
    find_element,
    search_sorted,
    search_sorted_lower,
    search_sorted_optimistic,
)
from starkware.cairo.common.memcpy import memcpy
from starkware.cairo.common.memset import memset
from starkware.cairo.common.segments import relocate_segment
from starkware.cairo.common.serialize import serialize_word
from starkware.cairo.common.set import set_add
from starkware.cairo.common.squash_dict import squash_dict
from starkware.cairo.common.usort import usort

func dictionaries{output_ptr: felt*, range_check_ptr}() {
    alloc_locals;
    %{ initial_dict = {7: 70, 8: [1, 2], 9: 3} %}
    let (dict) = dict_new();
    local start: DictAccess* = dict;
    let (value) = dict_read{dict_ptr=dict}(7);
    serialize_word(value);
    dict_write{dict_ptr=dict}(7, 71);
    dict_update{dict_ptr=dict}(7, 71, 72);
    dict_write{dict_ptr=dict}(9, 90);
    let (squashed, squashed_end) = dict_squash(start, dict);
    serialize_word((squashed_end - squashed) / DictAccess.SIZE);
    let (default) = default_dict_new(17);
    local default_start: DictAccess* = default;
    let (value) = dict_read{dict_ptr=default}(-1);
    serialize_word(value);
    dict_write{dict_ptr=default}(-1, 5);
    dict_write{dict_ptr=default}(2 ** 200, 6);
    let (squashed, squashed_end) = default_dict_finalize(default_start, default, 17);
    serialize_word(squashed.key);
    serialize_word(squashed[1].new_value);
    let (accesses: DictAccess*) = alloc();
    assert accesses[0] = DictAccess(key=5, prev_value=1, new_value=2);
    assert accesses[1] = DictAccess(key=3, prev_value=0, new_value=9);
    assert accesses[2] = DictAccess(key=5, prev_value=2, new_value=4);
    let (room: DictAccess*) = alloc();
    let (end) = squash_dict(accesses, accesses + 3 * DictAccess.SIZE, room);
    serialize_word(end - room);
    serialize_word(room[1].new_value);
    return ();
}

func main{output_ptr: felt*, range_check_ptr}() {
    alloc_locals;
    dictionaries();
    let (array) = alloc();
    %{ segments.write_arg(ids.array, [10, 1, 20, 2, 30, 3, 40, 4]) %}
    let (found) = find_element(array, 2, 4, 30);
    serialize_word(found[1]);
    %{ __find_element_index = 1 %}
    let (found) = find_element(array, 2, 4, 20);
    serialize_word(found[1]);
    let (found) = search_sorted_lower(array, 2, 4, 25);
    serialize_word(found[0]);
    let (found, success) = search_sorted(array, 2, 4, 40);
    serialize_word(success);
    let (found, success) = search_sorted(array, 2, 4, 41);
    serialize_word(success);
    let (found, success) = search_sorted_optimistic(array, 2, 4, 10);
    serialize_word(success);
    let (unsorted) = alloc();
    %{ segments.write_arg(ids.unsorted, [5, 3, 5, 2**100, 3, 5, 1]) %}
    let (length, sorted, counts) = usort(7, unsorted);
    serialize_word(length);
    serialize_word(sorted[3]);
    serialize_word(counts[2]);
    let (set) = alloc();
    local set_start: felt* = set;
    set_add{set_end_ptr=set}(set_start, 2, array);
    set_add{set_end_ptr=set}(set_start, 2, array + 2);
    set_add{set_end_ptr=set}(set_start, 2, array);
    serialize_word(set - set_start);
    let (indices) = alloc();
    %{ segments.write_arg(ids.indices, [6, 0, 3]) %}
    let (copied) = alloc();
    copy_indices(copied, array, indices, 3);
    serialize_word(copied[0]);
    let (target) = alloc();
    memcpy(target, array, 5);
    memset(target + 5, 8, 4);
    serialize_word(target[4] + target[8]);
    local temporary: felt*;
    %{ ids.temporary = segments.add_temp_segment() %}
    relocate_segment(temporary, target + 9);
    assert temporary[0] = 77;
    serialize_word(target[9]);
    return ();
}
