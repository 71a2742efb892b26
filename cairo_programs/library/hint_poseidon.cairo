// common/builtin_poseidon: hashes of many elements.
// flags: --layout starknet
// expect: ok
%builtins output poseidon

from starkware.cairo.common.alloc import alloc
from starkware.cairo.common.builtin_poseidon.poseidon import (
    poseidon_hash,
    poseidon_hash_many,
    poseidon_hash_single,
)
from starkware.cairo.common.cairo_builtins import PoseidonBuiltin
from starkware.cairo.common.serialize import serialize_word

func main{output_ptr: felt*, poseidon_ptr: PoseidonBuiltin*}() {
    alloc_locals;
    let (elements) = alloc();
    local expected;
    %{
        from starkware.cairo.common.poseidon_hash import poseidon_hash_many
        segments.write_arg(ids.elements, list(range(25)))
        ids.expected = poseidon_hash_many(range(23))
    %}
    let (digest) = poseidon_hash(1, 2);
    serialize_word(digest);
    let (digest) = poseidon_hash_single(3);
    serialize_word(digest);
    let (digest) = poseidon_hash_many(23, elements);
    assert digest = expected;
    let (digest) = poseidon_hash_many(4, elements);
    serialize_word(digest);
    return ();
}
