// Keccak and BLAKE2s with words for results, and an Ethereum signature in 256-bit numbers.
// flags: --layout recursive_large_output
// expect: ok
// memory: no (the finalised blocks make it long)
%builtins output range_check bitwise

from starkware.cairo.common.alloc import alloc
from starkware.cairo.common.cairo_blake2s.blake2s import (
    blake2s_add_felts,
    blake2s_as_words,
    finalize_blake2s,
)
from starkware.cairo.common.cairo_builtins import BitwiseBuiltin
from starkware.cairo.common.cairo_keccak.keccak import cairo_keccak_as_words, finalize_keccak
from starkware.cairo.common.cairo_secp.signature import verify_eth_signature_uint256
from starkware.cairo.common.serialize import serialize_word
from starkware.cairo.common.uint256 import Uint256

func main{output_ptr: felt*, range_check_ptr, bitwise_ptr: BitwiseBuiltin*}() {
    alloc_locals;
    let (elements) = alloc();
    assert elements[0] = 3 ** 150;
    assert elements[1] = -2;
    let (local data: felt*) = alloc();
    local first: felt* = data;
    with data {
        blake2s_add_felts(2, elements, 0);
        blake2s_add_felts(2, elements, 1);
    }
    let (blake2s_ptr: felt*) = alloc();
    local blake2s_start: felt* = blake2s_ptr;
    with blake2s_ptr {
        let (words) = blake2s_as_words(first, 128);
        serialize_word(words[0]);
        serialize_word(words[7]);
    }
    finalize_blake2s(blake2s_start, blake2s_ptr);

    let (keccak_ptr: felt*) = alloc();
    local keccak_start: felt* = keccak_ptr;
    let (inputs) = alloc();
    assert inputs[0] = 0x8031323334353637;
    local hash: Uint256;
    local r: Uint256;
    local s: Uint256;
    local v: felt;
    local address: felt;
    %{
        from eth_hash.auto import keccak
        from starkware.cairo.common.cairo_secp.secp_utils import ALPHA, N, SECP_P
        from starkware.python.math_utils import div_mod, ec_mult

        generator = (
            0x79BE667EF9DCBBAC55A06295CE870B07029BFCDB2DCE28D959F2815B16F81798,
            0x483ADA7726A3C4655DA4FBFC0E1108A8FD17B448A68554199C47D08FFB10D4B8)
        message = 7 ** 85
        x, y = ec_mult(777, generator, ALPHA, SECP_P)
        signature = div_mod(message + x * 4242, 777, N)
        for place, value in ((ids.hash, message), (ids.r, x), (ids.s, signature)):
            place.high, place.low = divmod(value, 2**128)
        ids.v = y % 2
        public = ec_mult(4242, generator, ALPHA, SECP_P)
        digest = keccak(b''.join(part.to_bytes(32, 'big') for part in public))
        ids.address = int.from_bytes(digest[-20:], 'big')
        print(hex(ids.address))
    %}
    with keccak_ptr {
        let (words) = cairo_keccak_as_words(inputs, 8);
        serialize_word(words[0]);
        serialize_word(words[3]);
        verify_eth_signature_uint256(hash, r, s, v, address);
    }
    finalize_keccak(keccak_start, keccak_ptr);
    return ();
}

// suite: inherit = false
// suite: record = ["stdout", "stderr"]
// suite: flags = "--print_output --print_info --print_segments"
