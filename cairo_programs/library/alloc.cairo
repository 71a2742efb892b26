// Segments of one's own.
// flags: --layout small
// expect: ok
%builtins output

from starkware.cairo.common.alloc import alloc
from starkware.cairo.common.serialize import serialize_word

func main{output_ptr: felt*}() {
    alloc_locals;
    let (local first: felt*) = alloc();
    let (local second: felt*) = alloc();
    assert first[0] = 5;
    assert second[0] = cast(first, felt);
    assert [cast(second[0], felt*) + 1] = 6;
    serialize_word(first[0]);
    serialize_word(first[1]);
    return ();
}
