// common/patricia: updates of a tree whose nodes hints know.
// flags: --layout small
// expect: ok
%builtins output pedersen range_check

from starkware.cairo.common.alloc import alloc
from starkware.cairo.common.cairo_builtins import HashBuiltin
from starkware.cairo.common.dict_access import DictAccess
from starkware.cairo.common.patricia import patricia_update
from starkware.cairo.common.serialize import serialize_word

func main{output_ptr: felt*, pedersen_ptr: HashBuiltin*, range_check_ptr}() {
    alloc_locals;
    let (local updates: DictAccess*) = alloc();
    local before;
    local after;
    %{
        from starkware.cairo.common.patricia_utils import compute_patricia_from_leaves_for_test
        from starkware.cairo.lang.vm.crypto import pedersen_hash

        pairs = {}
        def noted(left, right):
            digest = pedersen_hash(left, right)
            pairs[digest] = (left, right)
            return digest

        old, new = [0] * 32, [0] * 32
        for index, value in ((1, 10), (2, 11), (9, 12), (30, 13)):
            old[index] = new[index] = value
        changes = ((0, 5), (2, 0), (9, 99), (17, 4), (30, 13))
        for index, value in changes:
            new[index] = value
        ids.before, edges, _ = compute_patricia_from_leaves_for_test(old, noted)
        ids.after, more, _ = compute_patricia_from_leaves_for_test(new, noted)
        preimage = {**pairs, **edges, **more}
        for number, (index, value) in enumerate(changes):
            segments.write_arg(ids.updates.address_ + 3 * number, [index, old[index], value])
    %}
    let hash_ptr = pedersen_ptr;
    with hash_ptr {
        patricia_update(updates, 5, 5, before, after);
    }
    let pedersen_ptr = hash_ptr;
    serialize_word(before);
    serialize_word(after);
    return ();
}
