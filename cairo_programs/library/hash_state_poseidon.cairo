// Poseidon hashes of lists that grow.
// flags: --layout starknet
// expect: ok
%builtins output poseidon

from starkware.cairo.common.cairo_builtins import PoseidonBuiltin
from starkware.cairo.common.alloc import alloc
from starkware.cairo.common.builtin_poseidon.poseidon import poseidon_hash, poseidon_hash_many, poseidon_hash_single
from starkware.cairo.common.hash_state_poseidon import HashState, hash_finalize, hash_init, hash_update, hash_update_single, hash_update_with_nested_hash
from starkware.cairo.common.poseidon_state import PoseidonBuiltinState
from starkware.cairo.common.sponge_as_hash import SpongeHashBuiltin, sponge_hash2
from starkware.cairo.common.serialize import serialize_word

func main{output_ptr: felt*, poseidon_ptr: PoseidonBuiltin*}() {
    alloc_locals;
    let (local array: felt*) = alloc();
    assert array[0] = 3;
    assert array[1] = 5;
    assert array[2] = 7;
    assert array[3] = 11;
    assert array[4] = 13;
    let hash_state: HashState = hash_init();
    with hash_state {
        hash_update_single(1);
        hash_update(array, 4);
        hash_update_with_nested_hash(array, 3);
    }
    let all = hash_finalize(hash_state);
    let (pair) = poseidon_hash(1, 2);
    let (single) = poseidon_hash_single(3);
    let (none) = poseidon_hash_many(0, array);
    let (odd) = poseidon_hash_many(5, array);
    let (even) = poseidon_hash_many(4, array);
    let hash_ptr = cast(poseidon_ptr, SpongeHashBuiltin*);
    let (sponge) = sponge_hash2{hash_ptr=hash_ptr}(1, 2);
    let poseidon_ptr = cast(hash_ptr, PoseidonBuiltin*);
    assert sponge = pair;
    serialize_word(all);
    serialize_word(pair);
    serialize_word(single);
    serialize_word(none);
    serialize_word(odd);
    serialize_word(even);
    serialize_word(PoseidonBuiltinState.SIZE);
    return ();
}
