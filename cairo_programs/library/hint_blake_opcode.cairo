// Felts as 32-bit words, whose encoding a hint guesses.
// flags: --layout small
// expect: ok
%builtins output range_check

from starkware.cairo.common.alloc import alloc
from starkware.cairo.common.cairo_blake2s.blake2s import encode_felt252_to_u32s
from starkware.cairo.common.serialize import serialize_word

func main{output_ptr: felt*, range_check_ptr: felt}() {
    alloc_locals;
    let (packed) = alloc();
    assert packed[0] = 5;
    assert packed[1] = -1;
    assert packed[2] = 2 ** 63 - 1;
    assert packed[3] = 2 ** 63;
    let (local unpacked: felt*) = alloc();
    let length = encode_felt252_to_u32s(4, packed, unpacked);
    serialize_word(length);
    serialize_word(unpacked[1]);
    serialize_word(unpacked[2]);
    serialize_word(unpacked[9]);
    return ();
}
