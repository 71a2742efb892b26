// A leaf of a Merkle tree and its two roots.
// flags: --layout small
// expect: ok
%builtins output pedersen

from starkware.cairo.common.cairo_builtins import HashBuiltin
from starkware.cairo.common.merkle_update import merkle_update
from starkware.cairo.common.serialize import serialize_word

func main{output_ptr: felt*, pedersen_ptr: HashBuiltin*}() {
    alloc_locals;
    let hash_ptr = pedersen_ptr;
    %{ auth_path = [1000, 2000, 3000] %}
    let (before, after) = merkle_update{hash_ptr=hash_ptr}(
        height=3, prev_leaf=5, new_leaf=6, index=5
    );
    let pedersen_ptr = hash_ptr;
    serialize_word(before);
    serialize_word(after);
    return ();
}
