// common/keccak_utils and common/builtin_keccak: words for Keccak, and padded inputs.
// flags: --layout starknet_with_keccak
// expect: ok
%builtins output range_check bitwise keccak

from starkware.cairo.common.alloc import alloc
from starkware.cairo.common.builtin_keccak.keccak import keccak, keccak_padded_input
from starkware.cairo.common.cairo_builtins import BitwiseBuiltin, KeccakBuiltin
from starkware.cairo.common.keccak_utils.keccak_utils import (
    keccak_add_felt,
    keccak_add_felts,
    keccak_add_uint256,
    keccak_add_uint256s,
)
from starkware.cairo.common.serialize import serialize_word
from starkware.cairo.common.uint256 import Uint256, split_64, word_reverse_endian

func main{
    output_ptr: felt*, range_check_ptr, bitwise_ptr: BitwiseBuiltin*, keccak_ptr: KeccakBuiltin*
}() {
    alloc_locals;
    let (local inputs: felt*) = alloc();
    local start: felt* = inputs;
    let (elements: Uint256*) = alloc();
    assert elements[0] = Uint256(low=2 ** 127 + 1, high=0xABCDEF);
    assert elements[1] = Uint256(low=2 ** 128 - 1, high=2 ** 128 - 2);
    let (felts) = alloc();
    assert felts[0] = -1;
    assert felts[1] = 2 ** 200;
    with inputs {
        keccak_add_uint256(elements[0], 0);
        keccak_add_uint256(elements[0], 1);
        keccak_add_uint256s(2, elements, 1);
        keccak_add_felt(felts[0], 0);
        keccak_add_felt(felts[0], 1);
        keccak_add_felts(2, felts, 0);
    }
    let (hash) = keccak(start, 8 * (inputs - start));
    serialize_word(hash.low);
    serialize_word(hash.high);
    // One block of 17 words: nothing but the padding.
    let (padded) = alloc();
    assert padded[0] = 1;
    assert padded[1] = 0;
    assert padded[2] = 0;
    assert padded[3] = 0;
    assert padded[4] = 0;
    assert padded[5] = 0;
    assert padded[6] = 0;
    assert padded[7] = 0;
    assert padded[8] = 0;
    assert padded[9] = 0;
    assert padded[10] = 0;
    assert padded[11] = 0;
    assert padded[12] = 0;
    assert padded[13] = 0;
    assert padded[14] = 0;
    assert padded[15] = 0;
    assert padded[16] = 2 ** 63;
    let (hash) = keccak_padded_input(padded, 1);
    serialize_word(hash.low);
    serialize_word(hash.high);
    let (low, high) = split_64(2 ** 100 + 5);
    serialize_word(low);
    serialize_word(high);
    let (word) = word_reverse_endian(0x0102030405060708090A0B0C0D0E0F10);
    serialize_word(word);
    return ();
}
