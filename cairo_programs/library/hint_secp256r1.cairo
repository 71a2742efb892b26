// Every function of common/secp256r1: field and curve.
// flags: --layout small
// expect: ok
%builtins output range_check

from starkware.cairo.common.cairo_secp.bigint3 import BigInt3, SumBigInt3
from starkware.cairo.common.cairo_secp.ec_point import EcPoint
from starkware.cairo.common.secp256r1.ec import (
    ec_add,
    ec_double,
    ec_mul,
    ec_mul_by_uint256,
    fast_ec_add,
    try_get_point_from_x,
)
from starkware.cairo.common.secp256r1.field import (
    is_zero,
    reduce,
    unreduced_mul,
    unreduced_sqr,
    validate_reduced_field_element,
)
from starkware.cairo.common.serialize import serialize_word
from starkware.cairo.common.uint256 import Uint256

func show{output_ptr: felt*}(number: BigInt3) {
    serialize_word(number.d0);
    serialize_word(number.d1);
    serialize_word(number.d2);
    return ();
}

func show_point{output_ptr: felt*}(point: EcPoint) {
    show(point.x);
    show(point.y);
    return ();
}

func main{output_ptr: felt*, range_check_ptr}() {
    alloc_locals;
    local generator: EcPoint;
    local opposite: EcPoint;
    %{
        from starkware.cairo.common.cairo_secp.secp_utils import SECP256R1, split

        x = 0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296
        y = 0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5
        for point, ordinate in ((ids.generator, y), (ids.opposite, SECP256R1.prime - y)):
            point.x.d0, point.x.d1, point.x.d2 = split(x)
            point.y.d0, point.y.d1, point.y.d2 = split(ordinate)
    %}
    let (product) = unreduced_mul(generator.x, generator.y);
    let (reduced) = reduce(product);
    show(reduced);
    let (square) = unreduced_sqr(generator.y);
    let (reduced) = reduce(square);
    show(reduced);
    validate_reduced_field_element(reduced);
    let (zero) = is_zero(SumBigInt3(d0=0, d1=0, d2=0));
    serialize_word(zero);
    let (zero) = is_zero(SumBigInt3(d0=5, d1=1, d2=0));
    serialize_word(zero);
    let (double) = ec_double(generator);
    show_point(double);
    let (sum) = fast_ec_add(generator, double);
    show_point(sum);
    let (infinity) = ec_add(generator, opposite);
    show_point(infinity);
    let (product_point) = ec_mul(generator, BigInt3(d0=12345, d1=0, d2=77));
    show_point(product_point);
    let (product_point) = ec_mul_by_uint256(generator, Uint256(low=2 ** 127 + 5, high=2 ** 128 - 1));
    show_point(product_point);
    local result: EcPoint*;
    %{ ids.result = segments.add() %}
    let (on_curve) = try_get_point_from_x(generator.x, 1, result);
    serialize_word(on_curve);
    show_point([result]);
    local other: EcPoint*;
    %{ ids.other = segments.add() %}
    let (on_curve) = try_get_point_from_x(BigInt3(d0=1, d1=0, d2=0), 0, other);
    serialize_word(on_curve);
    return ();
}

// suite: inherit = false
// suite: record = ["stdout", "stderr", "counts"]
// suite: flags = "--print_output --print_info --print_segments"
