// common/patricia and common/patricia_with_poseidon: several trees updated with the same constants.
// flags: --layout starknet_with_keccak
// expect: ok
%builtins output pedersen range_check poseidon

from starkware.cairo.common.alloc import alloc
from starkware.cairo.common.cairo_builtins import HashBuiltin, PoseidonBuiltin
from starkware.cairo.common.dict_access import DictAccess
from starkware.cairo.common.patricia import (
    patricia_update_constants_new,
    patricia_update_using_update_constants,
)
from starkware.cairo.common.patricia_with_poseidon import (
    patricia_update_using_update_constants as update_with_poseidon,
)
from starkware.cairo.common.patricia_with_sponge import patricia_update as update_with_sponge
from starkware.cairo.common.serialize import serialize_word
from starkware.cairo.common.sponge_as_hash import SpongeHashBuiltin

func main{
    output_ptr: felt*, pedersen_ptr: HashBuiltin*, range_check_ptr, poseidon_ptr: PoseidonBuiltin*
}() {
    alloc_locals;
    let (local updates: DictAccess*) = alloc();
    local before;
    local middle;
    local poseidon_before;
    local poseidon_middle;
    local poseidon_after;
    %{
        from starkware.cairo.common.patricia_utils import compute_patricia_from_leaves_for_test
        from starkware.cairo.common.poseidon_hash import poseidon_hash
        from starkware.cairo.lang.vm.crypto import pedersen_hash

        preimage = {}
        def noting(function):
            def noted(left, right):
                digest = function(left, right)
                preimage[digest] = (left, right)
                return digest
            return noted

        def root(leaves, function):
            digest, edges, _ = compute_patricia_from_leaves_for_test(leaves, noting(function))
            preimage.update(edges)
            return digest

        old = [0] * 16
        old[3], old[4] = 33, 44
        new = list(old)
        new[0], new[4] = 1, 0
        last = list(old)
        last[15] = 150
        changes = ((0, 0, 1), (3, 33, 33), (4, 44, 0), (15, 0, 150))
        segments.write_arg(ids.updates.address_, [part for change in changes for part in change])
        ids.before, ids.middle = root(old, pedersen_hash), root(new, pedersen_hash)
        ids.poseidon_before, ids.poseidon_middle = root(old, poseidon_hash), root(new, poseidon_hash)
        ids.poseidon_after = root(last, poseidon_hash)
    %}
    let (constants) = patricia_update_constants_new();
    let hash_ptr = pedersen_ptr;
    with hash_ptr {
        patricia_update_using_update_constants(constants, updates, 3, 4, before, middle);
        patricia_update_using_update_constants(constants, updates, 0, 4, middle, middle);
    }
    let pedersen_ptr = hash_ptr;
    update_with_poseidon(constants, updates, 3, 4, poseidon_before, poseidon_middle);
    let sponge = cast(poseidon_ptr, SpongeHashBuiltin*);
    update_with_sponge{hash_ptr=sponge}(
        updates + 3 * DictAccess.SIZE, 1, 4, poseidon_before, poseidon_after
    );
    let poseidon_ptr = cast(sponge, PoseidonBuiltin*);
    serialize_word(before);
    serialize_word(middle);
    serialize_word(poseidon_before);
    serialize_word(poseidon_after);
    return ();
}
