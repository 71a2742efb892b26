// common/builtin_keccak: hashes by the builtin.
// flags: --layout starknet_with_keccak
// expect: ok
%builtins output range_check bitwise keccak

from starkware.cairo.common.alloc import alloc
from starkware.cairo.common.builtin_keccak.keccak import (
    keccak,
    keccak_bigend,
    keccak_felts,
    keccak_felts_bigend,
    keccak_uint256s,
    keccak_uint256s_bigend,
)
from starkware.cairo.common.cairo_builtins import BitwiseBuiltin, KeccakBuiltin
from starkware.cairo.common.serialize import serialize_word
from starkware.cairo.common.uint256 import Uint256

func show{output_ptr: felt*}(number: Uint256) {
    serialize_word(number.low);
    serialize_word(number.high);
    return ();
}

func main{
    output_ptr: felt*, range_check_ptr, bitwise_ptr: BitwiseBuiltin*, keccak_ptr: KeccakBuiltin*
}() {
    alloc_locals;
    let (inputs) = alloc();
    assert inputs[0] = 0x8031323334353637;
    assert inputs[1] = 0xAABB;
    let (res) = keccak(inputs, 10);
    show(res);
    let (res) = keccak_bigend(inputs, 10);
    show(res);
    let (elements: Uint256*) = alloc();
    assert elements[0] = Uint256(low=5, high=2 ** 127);
    assert elements[1] = Uint256(low=2 ** 128 - 1, high=7);
    let (res) = keccak_uint256s(2, elements);
    show(res);
    let (res) = keccak_uint256s_bigend(2, elements);
    show(res);
    let (felts) = alloc();
    assert felts[0] = -1;
    assert felts[1] = 5;
    let (res) = keccak_felts(2, felts);
    show(res);
    let (res) = keccak_felts_bigend(2, felts);
    show(res);
    return ();
}
