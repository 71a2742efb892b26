// common/merkle_update, merkle_multi_update and small_merkle_tree.
// flags: --layout small
// expect: ok
%builtins output pedersen range_check

from starkware.cairo.common.alloc import alloc
from starkware.cairo.common.cairo_builtins import HashBuiltin
from starkware.cairo.common.dict import dict_new, dict_squash, dict_update
from starkware.cairo.common.dict_access import DictAccess
from starkware.cairo.common.merkle_multi_update import merkle_multi_update
from starkware.cairo.common.merkle_update import merkle_update
from starkware.cairo.common.serialize import serialize_word
from starkware.cairo.common.small_merkle_tree import small_merkle_tree_update

func main{output_ptr: felt*, pedersen_ptr: HashBuiltin*, range_check_ptr}() {
    alloc_locals;
    let hash_ptr = pedersen_ptr;
    %{ vm_enter_scope(dict(auth_path=[3, 2, 1])) %}
    with hash_ptr {
        let (before, after) = merkle_update(3, 10, 20, 5);
    }
    %{ vm_exit_scope() %}
    serialize_word(before);
    serialize_word(after);

    let (local updates: DictAccess*) = alloc();
    local prev_root;
    local new_root;
    %{
        from starkware.cairo.common.small_merkle_tree import get_preimage_dictionary

        leaves = [(1, 10), (2, 20), (6, 60)]
        changes = [(1, 11), (2, 20), (6, 0)]
        ids.prev_root, ids.new_root, preimage = get_preimage_dictionary(leaves, changes, 3, 0)
        for number, ((index, old), (_, new)) in enumerate(zip(leaves, changes)):
            segments.write_arg(ids.updates.address_ + 3 * number, [index, old, new])
    %}
    with hash_ptr {
        merkle_multi_update(updates, 3, 3, prev_root, new_root);
    }
    %{ initial_dict = {0: 5, 3: 7} %}
    let (dict) = dict_new();
    local start: DictAccess* = dict;
    with hash_ptr {
        dict_update{dict_ptr=dict}(0, 5, 6);
        dict_update{dict_ptr=dict}(3, 7, 8);
        dict_update{dict_ptr=dict}(0, 6, 9);
        let (squashed_start, squashed_end) = dict_squash(start, dict);
        let (before, after) = small_merkle_tree_update(squashed_start, squashed_end, 4);
    }
    serialize_word(before);
    serialize_word(after);
    let pedersen_ptr = hash_ptr;
    return ();
}
