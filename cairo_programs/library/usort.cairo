// An array sorted, each number once.
// flags: --layout small
// expect: ok
%builtins output range_check

from starkware.cairo.common.alloc import alloc
from starkware.cairo.common.usort import usort
from starkware.cairo.common.serialize import serialize_word

func main{output_ptr: felt*, range_check_ptr}() {
    alloc_locals;
    let (local array: felt*) = alloc();
    assert array[0] = 5;
    assert array[1] = 3;
    assert array[2] = 5;
    assert array[3] = 0;
    assert array[4] = 1099511627776;
    assert array[5] = 3;
    assert array[6] = 5;
    let (n, sorted, counts) = usort(input_len=7, input=array);
    local n = n;
    local sorted: felt* = sorted;
    local counts: felt* = counts;
    serialize_word(n);
    serialize_word(sorted[0]);
    serialize_word(sorted[2]);
    serialize_word(sorted[3]);
    serialize_word(counts[0]);
    serialize_word(counts[1]);
    serialize_word(counts[2]);
    return ();
}
