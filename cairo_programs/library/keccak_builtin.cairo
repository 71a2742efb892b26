// Keccak hashes of numbers and bytes by the builtin.
// flags: --layout starknet_with_keccak
// expect: ok
%builtins output range_check bitwise keccak

from starkware.cairo.common.cairo_builtins import BitwiseBuiltin, KeccakBuiltin
from starkware.cairo.common.alloc import alloc
from starkware.cairo.common.builtin_keccak.keccak import keccak, keccak_bigend, keccak_felts, keccak_felts_bigend, keccak_uint256s, keccak_uint256s_bigend
from starkware.cairo.common.keccak_state import KeccakBuiltinState
from starkware.cairo.common.uint256 import Uint256
from starkware.cairo.common.serialize import serialize_word

func main{output_ptr: felt*, range_check_ptr, bitwise_ptr: BitwiseBuiltin*, keccak_ptr: KeccakBuiltin*}() {
    alloc_locals;
    let (local numbers: Uint256*) = alloc();
    assert numbers[0] = Uint256(low=2 ** 127 + 5, high=7);
    assert numbers[1] = Uint256(low=1, high=2 ** 128 - 1);
    let (a: Uint256) = keccak_uint256s(2, numbers);
    let (b: Uint256) = keccak_uint256s_bigend(2, numbers);
    let (local felts: felt*) = alloc();
    assert felts[0] = -1;
    assert felts[1] = 0;
    assert felts[2] = 2 ** 200;
    let (c: Uint256) = keccak_felts(3, felts);
    let (d: Uint256) = keccak_felts_bigend(3, felts);
    let (local bytes: felt*) = alloc();
    assert bytes[0] = 0x6f77206f6c6c6568;
    assert bytes[1] = 0x646c72;
    let (e: Uint256) = keccak(bytes, 11);
    let (f: Uint256) = keccak_bigend(bytes, 11);
    let (g: Uint256) = keccak(bytes, 0);
    serialize_word(a.low);
    serialize_word(a.high);
    serialize_word(b.low);
    serialize_word(b.high);
    serialize_word(c.low);
    serialize_word(c.high);
    serialize_word(d.low);
    serialize_word(d.high);
    serialize_word(e.low);
    serialize_word(e.high);
    serialize_word(f.low);
    serialize_word(f.high);
    serialize_word(g.low);
    serialize_word(g.high);
    serialize_word(KeccakBuiltinState.SIZE);
    return ();
}
