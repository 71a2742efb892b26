// common/ec: points of the STARK curve, with the builtin.
// flags: --layout starknet
// expect: ok
%builtins output ec_op

from starkware.cairo.common.alloc import alloc
from starkware.cairo.common.cairo_builtins import EcOpBuiltin
from starkware.cairo.common.ec import (
    StarkCurve,
    assert_on_curve,
    chained_ec_op,
    ec_add,
    ec_double,
    ec_mul,
    ec_op,
    ec_sub,
    is_x_on_curve,
    recover_y,
)
from starkware.cairo.common.ec_point import EcPoint
from starkware.cairo.common.serialize import serialize_word
from starkware.cairo.common.signature import check_ecdsa_signature

func show{output_ptr: felt*}(point: EcPoint) {
    serialize_word(point.x);
    serialize_word(point.y);
    return ();
}

func main{output_ptr: felt*, ec_op_ptr: EcOpBuiltin*}() {
    alloc_locals;
    tempvar g = EcPoint(x=StarkCurve.GEN_X, y=StarkCurve.GEN_Y);
    local generator: EcPoint = g;
    assert_on_curve(generator);
    let (double) = ec_double(generator);
    show(double);
    let (sum) = ec_add(generator, double);
    show(sum);
    let (rest) = ec_sub(sum, double);
    show(rest);
    let (result) = ec_op(generator, 5, double);
    show(result);
    let (result) = ec_mul(7, generator);
    show(result);
    let (scalars) = alloc();
    assert scalars[0] = 3;
    assert scalars[1] = -1;
    let (points: EcPoint*) = alloc();
    assert points[0] = double;
    assert points[1] = sum;
    let (result) = chained_ec_op(generator, scalars, points, 2);
    show(result);
    let (point) = recover_y(generator.x);
    show(point);
    let on_curve = is_x_on_curve(generator.x);
    serialize_word(on_curve);
    let on_curve = is_x_on_curve(0);
    serialize_word(on_curve);
    let on_curve = is_x_on_curve(7);
    serialize_word(on_curve);
    local key;
    local r;
    local s;
    %{
        from starkware.crypto.signature.signature import private_to_stark_key, sign
        ids.key = private_to_stark_key(12345)
        ids.r, ids.s = sign(678, 12345)
    %}
    let (valid) = check_ecdsa_signature(678, key, r, s);
    serialize_word(valid);
    let (valid) = check_ecdsa_signature(679, key, r, s);
    serialize_word(valid);
    return ();
}
