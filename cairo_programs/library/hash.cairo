// Pedersen hashes of pairs, of chains and of lists.
// flags: --layout small
// expect: ok
%builtins output pedersen

from starkware.cairo.common.cairo_builtins import HashBuiltin
from starkware.cairo.common.alloc import alloc
from starkware.cairo.common.hash import hash2
from starkware.cairo.common.hash_chain import hash_chain
from starkware.cairo.common.hash_state import hash_felts, hash_felts_no_padding, hash_finalize, hash_init, hash_update, hash_update_single, hash_update_with_hashchain
from starkware.cairo.common.serialize import serialize_word

func main{output_ptr: felt*, pedersen_ptr: HashBuiltin*}() {
    alloc_locals;
    let (local array: felt*) = alloc();
    assert array[0] = 3;
    assert array[1] = 5;
    assert array[2] = 7;
    assert array[3] = 11;
    let hash_ptr = pedersen_ptr;
    with hash_ptr {
        let (pair) = hash2(1, 2);
        let (chain) = hash_chain(array);
        let (state) = hash_init();
        let (state) = hash_update(state, array, 4);
        let (state) = hash_update_single(state, 13);
        let (state) = hash_update_with_hashchain(state, array, 2);
        let (all) = hash_finalize(state);
        let (felts) = hash_felts(array, 3);
        let (plain) = hash_felts_no_padding(array, 3, 17);
    }
    let pedersen_ptr = hash_ptr;
    serialize_word(pair);
    serialize_word(chain);
    serialize_word(all);
    serialize_word(felts);
    serialize_word(plain);
    return ();
}
