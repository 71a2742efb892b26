// common/cairo_blake2s: hashes proven from what hints guess.
// flags: --layout recursive_large_output
// expect: ok
// memory: no (the finalised blocks make it long)
%builtins output range_check bitwise

from starkware.cairo.common.alloc import alloc
from starkware.cairo.common.cairo_blake2s.blake2s import (
    blake2s,
    blake2s_add_felt,
    blake2s_add_uint256,
    blake2s_add_uint256_bigend,
    blake2s_bigend,
    blake2s_felts,
    finalize_blake2s,
)
from starkware.cairo.common.cairo_builtins import BitwiseBuiltin
from starkware.cairo.common.serialize import serialize_word
from starkware.cairo.common.uint256 import Uint256

func show{output_ptr: felt*}(number: Uint256) {
    serialize_word(number.low);
    serialize_word(number.high);
    return ();
}

func main{output_ptr: felt*, range_check_ptr, bitwise_ptr: BitwiseBuiltin*}() {
    alloc_locals;
    let (blake2s_ptr: felt*) = alloc();
    local start: felt* = blake2s_ptr;
    let (local data: felt*) = alloc();
    local kept: felt* = data;
    with data {
        blake2s_add_felt(-1, 0);
        blake2s_add_felt(5, 1);
        blake2s_add_uint256(Uint256(low=5, high=6));
        blake2s_add_uint256_bigend(Uint256(low=2 ** 128 - 1, high=6));
    }
    with blake2s_ptr {
        let (res) = blake2s(kept, 9);
        show(res);
        let (res) = blake2s(kept, 128);
        show(res);
        let (res) = blake2s_bigend(kept, 100);
        show(res);
        let (felts) = alloc();
        assert felts[0] = 7;
        assert felts[1] = -7;
        let (res) = blake2s_felts(2, felts, 0);
        show(res);
        let (res) = blake2s_felts(2, felts, 1);
        show(res);
    }
    finalize_blake2s(start, blake2s_ptr);
    return ();
}

// suite: inherit = false
// suite: record = ["stdout", "stderr"]
// suite: flags = "--print_output --print_info --print_segments"
