// common/keccak: hashes that hints compute.
// flags: --layout small
// expect: ok
%builtins output range_check

from starkware.cairo.common.alloc import alloc
from starkware.cairo.common.keccak import (
    keccak_felts,
    truncated_keccak2,
    unsafe_keccak,
    unsafe_keccak_add_felt,
    unsafe_keccak_add_felts,
    unsafe_keccak_add_uint256,
    unsafe_keccak_finalize,
    unsafe_keccak_init,
)
from starkware.cairo.common.serialize import serialize_word
from starkware.cairo.common.uint256 import Uint256

func main{output_ptr: felt*, range_check_ptr}() {
    alloc_locals;
    let (data) = alloc();
    assert data[0] = 0x101112131415161718191A1C1D1E1F;
    assert data[1] = 0xAABBCC;
    let (low, high) = unsafe_keccak(data, 19);
    serialize_word(low);
    serialize_word(high);
    let (low, high) = unsafe_keccak(data, 0);
    serialize_word(low);
    let (keccak_state) = unsafe_keccak_init();
    with keccak_state {
        unsafe_keccak_add_felt(-1);
        unsafe_keccak_add_uint256(Uint256(low=5, high=6));
        unsafe_keccak_add_felts(2, data);
    }
    let (res) = unsafe_keccak_finalize(keccak_state);
    serialize_word(res.low);
    serialize_word(res.high);
    let (res) = keccak_felts(2, data);
    serialize_word(res.low);
    let (digest) = truncated_keccak2(5, 6);
    serialize_word(digest);
    return ();
}
