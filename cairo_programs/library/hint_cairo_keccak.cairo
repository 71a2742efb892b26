// common/cairo_keccak: hashes proven by permutations that hints guess.
// flags: --layout recursive_large_output
// expect: ok
// memory: no (the finalised blocks make it long)
%builtins output range_check bitwise

from starkware.cairo.common.alloc import alloc
from starkware.cairo.common.cairo_builtins import BitwiseBuiltin
from starkware.cairo.common.cairo_keccak.keccak import (
    cairo_keccak,
    cairo_keccak_bigend,
    cairo_keccak_felts,
    cairo_keccak_felts_bigend,
    cairo_keccak_uint256s,
    cairo_keccak_uint256s_bigend,
    finalize_keccak,
)
from starkware.cairo.common.serialize import serialize_word
from starkware.cairo.common.uint256 import Uint256

func show{output_ptr: felt*}(number: Uint256) {
    serialize_word(number.low);
    serialize_word(number.high);
    return ();
}

func main{output_ptr: felt*, range_check_ptr, bitwise_ptr: BitwiseBuiltin*}() {
    alloc_locals;
    let (keccak_ptr: felt*) = alloc();
    local keccak_start: felt* = keccak_ptr;
    let (inputs) = alloc();
    assert inputs[0] = 0x8031323334353637;
    assert inputs[1] = 0xAABB;
    let (elements: Uint256*) = alloc();
    assert elements[0] = Uint256(low=5, high=2 ** 127);
    assert elements[1] = Uint256(low=2 ** 128 - 1, high=7);
    with keccak_ptr {
        let (res) = cairo_keccak(inputs, 10);
        show(res);
        let (res) = cairo_keccak_bigend(inputs, 10);
        show(res);
        let (res) = cairo_keccak_felts(2, inputs);
        show(res);
        let (res) = cairo_keccak_felts_bigend(2, inputs);
        show(res);
        let (res) = cairo_keccak_uint256s(2, elements);
        show(res);
        let (res) = cairo_keccak_uint256s_bigend(2, elements);
        show(res);
    }
    finalize_keccak(keccak_start, keccak_ptr);
    return ();
}

// suite: inherit = false
// suite: record = ["stdout", "stderr"]
// suite: flags = "--print_output --print_info --print_segments"
