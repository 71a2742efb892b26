// Every function of common/cairo_secp: limbs, field, curve.
// flags: --layout small
// expect: ok
%builtins output range_check

from starkware.cairo.common.cairo_secp.bigint import bigint_mul, bigint_to_uint256, uint256_to_bigint
from starkware.cairo.common.cairo_secp.bigint3 import BigInt3, SumBigInt3, UnreducedBigInt3
from starkware.cairo.common.cairo_secp.ec import (
    ec_add,
    ec_double,
    ec_mul,
    ec_mul_by_uint256,
    ec_negate,
    fast_ec_add,
)
from starkware.cairo.common.cairo_secp.ec_point import EcPoint
from starkware.cairo.common.cairo_secp.field import (
    is_zero,
    reduce,
    unreduced_mul,
    unreduced_sqr,
    validate_reduced_field_element,
    verify_zero,
)
from starkware.cairo.common.cairo_secp.signature import (
    div_mod_n,
    get_generator_point,
    get_point_from_x,
    try_get_point_from_x,
    validate_signature_entry,
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
    local three: BigInt3 = BigInt3(d0=3, d1=2, d2=1);
    let (local generator: EcPoint) = get_generator_point();
    let (product) = unreduced_mul(three, generator.x);
    let (reduced) = reduce(product);
    show(reduced);
    let (square) = unreduced_sqr(generator.y);
    let (reduced) = reduce(square);
    show(reduced);
    validate_reduced_field_element(reduced);
    verify_zero(UnreducedBigInt3(d0=0, d1=0, d2=0));
    let (zero) = is_zero(SumBigInt3(d0=0, d1=0, d2=0));
    serialize_word(zero);
    let (zero) = is_zero(SumBigInt3(d0=5, d1=0, d2=0));
    serialize_word(zero);
    let (negated) = ec_negate(generator);
    show_point(negated);
    let (infinity) = ec_add(generator, negated);
    show_point(infinity);
    let (double) = ec_double(generator);
    show_point(double);
    let (same) = ec_add(generator, generator);
    show_point(same);
    let (sum) = fast_ec_add(generator, double);
    show_point(sum);
    let (product_point) = ec_mul(generator, BigInt3(d0=12345, d1=0, d2=77));
    show_point(product_point);
    let (product_point) = ec_mul_by_uint256(generator, Uint256(low=2 ** 127 + 5, high=2 ** 128 - 1));
    show_point(product_point);
    let (quotient) = div_mod_n(three, generator.x);
    show(quotient);
    validate_signature_entry(three);
    let (point) = get_point_from_x(generator.x, 1);
    show_point(point);
    local result: EcPoint*;
    %{ ids.result = segments.add() %}
    let (on_curve) = try_get_point_from_x(BigInt3(d0=5, d1=0, d2=0), 0, result);
    serialize_word(on_curve);
    local other: EcPoint*;
    %{ ids.other = segments.add() %}
    let (on_curve) = try_get_point_from_x(generator.x, 0, other);
    serialize_word(on_curve);
    show_point([other]);
    let (number) = bigint_to_uint256(generator.x);
    serialize_word(number.low);
    serialize_word(number.high);
    let (limbs) = uint256_to_bigint(number);
    show(limbs);
    let (wide) = bigint_mul(three, three);
    serialize_word(wide.d4);
    return ();
}

// suite: inherit = false
// suite: record = ["stdout", "stderr", "counts"]
// suite: flags = "--print_output --print_info --print_segments"
