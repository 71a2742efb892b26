// common/cairo_secp and common/secp256r1: what their larger functions are made of.
// flags: --layout small
// expect: ok
%builtins output range_check

from starkware.cairo.common.alloc import alloc
from starkware.cairo.common.cairo_secp.bigint import nondet_bigint3
from starkware.cairo.common.cairo_secp.bigint3 import BigInt3, SumBigInt3, UnreducedBigInt3
from starkware.cairo.common.cairo_secp.ec import (
    build_ec_mul_table,
    compute_doubling_slope,
    compute_slope,
    ec_mul_inner,
)
from starkware.cairo.common.cairo_secp.ec_point import EcPoint
from starkware.cairo.common.cairo_secp.field import is_zero, reduce, verify_zero
from starkware.cairo.common.cairo_secp.signature import get_generator_point
from starkware.cairo.common.secp256r1.bigint import nondet_bigint3 as nondet_r1
from starkware.cairo.common.secp256r1.ec import build_ec_mul_table as build_r1_table
from starkware.cairo.common.secp256r1.ec import ec_mul_inner as ec_mul_inner_r1
from starkware.cairo.common.secp256r1.field import assert_165_bit
from starkware.cairo.common.secp256r1.field import verify_zero as verify_zero_r1
from starkware.cairo.common.serialize import serialize_word

func show{output_ptr: felt*}(number: BigInt3) {
    serialize_word(number.d0);
    serialize_word(number.d1);
    serialize_word(number.d2);
    return ();
}

func main{output_ptr: felt*, range_check_ptr}() {
    alloc_locals;
    %{ value = 2**255 + 2**100 + 3 %}
    let (local number) = nondet_bigint3();
    show(number);
    %{ value = 2**256 - 1 %}
    let (local top) = nondet_r1();
    show(top);
    assert_165_bit(2 ** 165 - 1);
    assert_165_bit(0);

    let (local g: EcPoint) = get_generator_point();
    let (slope) = compute_doubling_slope(g);
    show(slope);
    let (local table: EcPoint*) = alloc();
    build_ec_mul_table(g, table);
    show(table[15].x);
    let (slope) = compute_slope(table[1], table[7]);
    show(slope);
    let (pow2, res) = ec_mul_inner(g, 0xDEAD, 16);
    show(pow2.x);
    show(res.y);
    // The prime itself is zero.
    verify_zero(UnreducedBigInt3(d0=2 ** 86 - 2 ** 32 - 977, d1=2 ** 86 - 1, d2=2 ** 84 - 1));
    let (zero) = is_zero(SumBigInt3(d0=0, d1=0, d2=0));
    serialize_word(zero);
    let (zero) = is_zero(SumBigInt3(d0=number.d0, d1=number.d1, d2=number.d2));
    serialize_word(zero);
    let (reduced) = reduce(UnreducedBigInt3(d0=-7, d1=2 ** 88, d2=2 ** 100));
    show(reduced);

    local r1: EcPoint;
    %{
        from starkware.cairo.common.cairo_secp.secp_utils import split
        generator = (
            0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
            0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5)
        for place, coordinate in zip((ids.r1.x, ids.r1.y), generator):
            segments.write_arg(place.address_, split(coordinate))
    %}
    let (local table: EcPoint*) = alloc();
    build_r1_table(r1, table);
    show(table[15].x);
    let (pow2, res) = ec_mul_inner_r1(r1, 0xBEEF, 16);
    show(pow2.x);
    show(res.y);
    verify_zero_r1(UnreducedBigInt3(d0=0, d1=0, d2=0));
    return ();
}
