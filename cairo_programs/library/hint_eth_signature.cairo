// Ethereum's signatures: the public key of one, and its verification.
// flags: --layout recursive_large_output
// expect: ok
// memory: no (the finalised Keccak blocks make it long)
%builtins output range_check bitwise

from starkware.cairo.common.alloc import alloc
from starkware.cairo.common.cairo_builtins import BitwiseBuiltin
from starkware.cairo.common.cairo_keccak.keccak import finalize_keccak
from starkware.cairo.common.cairo_secp.bigint3 import BigInt3
from starkware.cairo.common.cairo_secp.signature import (
    public_key_point_to_eth_address,
    recover_public_key,
    verify_eth_signature,
)
from starkware.cairo.common.serialize import serialize_word

func main{output_ptr: felt*, range_check_ptr, bitwise_ptr: BitwiseBuiltin*}() {
    alloc_locals;
    local hash: BigInt3;
    local r: BigInt3;
    local s: BigInt3;
    local v: felt;
    %{
        # Signs with the nonce 12345 and the key 67890.
        from starkware.cairo.common.cairo_secp.secp_utils import ALPHA, N, SECP_P, split
        from starkware.python.math_utils import div_mod, ec_mult

        generator = (
            0x79BE667EF9DCBBAC55A06295CE870B07029BFCDB2DCE28D959F2815B16F81798,
            0x483ADA7726A3C4655DA4FBFC0E1108A8FD17B448A68554199C47D08FFB10D4B8)
        message = 0x1234567890ABCDEF << 180
        x, y = ec_mult(12345, generator, ALPHA, SECP_P)
        signature = div_mod(message + x * 67890, 12345, N)
        for place, value in ((ids.hash, message), (ids.r, x), (ids.s, signature)):
            place.d0, place.d1, place.d2 = split(value)
        ids.v = y % 2
    %}
    let (keccak_ptr: felt*) = alloc();
    local keccak_start: felt* = keccak_ptr;
    let (key) = recover_public_key(hash, r, s, v);
    serialize_word(key.x.d0);
    serialize_word(key.y.d2);
    with keccak_ptr {
        let (address) = public_key_point_to_eth_address(key);
        serialize_word(address);
        verify_eth_signature(hash, r, s, v, address);
    }
    finalize_keccak(keccak_start, keccak_ptr);
    return ();
}

// suite: inherit = false
// suite: record = ["stdout", "stderr"]
// suite: flags = "--print_output --print_info --print_segments"
