// A temporary segment laid into a real one.
// flags: --layout small
// expect: ok
%builtins output

from starkware.cairo.common.alloc import alloc
from starkware.cairo.common.segments import relocate_segment
from starkware.cairo.common.serialize import serialize_word

func main{output_ptr: felt*}() {
    alloc_locals;
    let (local target: felt*) = alloc();
    local early: felt*;
    %{ ids.early = segments.add_temp_segment() %}
    assert early[0] = 5;
    assert early[1] = cast(early, felt);
    assert target[0] = 1;
    relocate_segment(early, target + 1);
    serialize_word(target[0]);
    return ();
}
