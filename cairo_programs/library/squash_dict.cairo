// The accesses of a dictionary by key.
// flags: --layout small
// expect: ok
%builtins output range_check

from starkware.cairo.common.alloc import alloc
from starkware.cairo.common.dict_access import DictAccess
from starkware.cairo.common.squash_dict import squash_dict
from starkware.cairo.common.serialize import serialize_word

func main{output_ptr: felt*, range_check_ptr}() {
    alloc_locals;
    let (local accesses: DictAccess*) = alloc();
    assert accesses[0] = DictAccess(key=7, prev_value=3, new_value=2);
    assert accesses[1] = DictAccess(key=5, prev_value=4, new_value=4);
    assert accesses[2] = DictAccess(key=7, prev_value=2, new_value=10);
    assert accesses[3] = DictAccess(key=0, prev_value=2, new_value=3);
    assert accesses[4] = DictAccess(key=7, prev_value=10, new_value=30);
    assert accesses[5] = DictAccess(key=-1, prev_value=1, new_value=2);
    let (local squashed: DictAccess*) = alloc();
    let (end) = squash_dict(accesses, accesses + 5 * DictAccess.SIZE, squashed);
    local count = (cast(end, felt) - cast(squashed, felt)) / DictAccess.SIZE;
    let (big_end) = squash_dict(accesses, accesses + 6 * DictAccess.SIZE, end);
    serialize_word(count);
    serialize_word(squashed[2].key);
    serialize_word(squashed[2].prev_value);
    serialize_word(squashed[2].new_value);
    serialize_word((big_end - end) / DictAccess.SIZE);
    return ();
}
