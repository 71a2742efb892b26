// Points of the STARK curve by the builtin.
// flags: --layout starknet
// expect: ok
%builtins output ec_op

from starkware.cairo.common.cairo_builtins import EcOpBuiltin
from starkware.cairo.common.alloc import alloc
from starkware.cairo.common.ec import StarkCurve, assert_on_curve, chained_ec_op, ec_add, ec_double, ec_mul, ec_sub
from starkware.cairo.common.ec_point import EcPoint
from starkware.cairo.common.serialize import serialize_word

func main{output_ptr: felt*, ec_op_ptr: EcOpBuiltin*}() {
    alloc_locals;
    let (local scalars: felt*) = alloc();
    let (local points: EcPoint*) = alloc();
    local generator: EcPoint = EcPoint(x=StarkCurve.GEN_X, y=StarkCurve.GEN_Y);
    assert_on_curve(generator);
    let (local two: EcPoint) = ec_double(generator);
    let (local three: EcPoint) = ec_add(two, generator);
    let (local one: EcPoint) = ec_sub(three, two);
    assert one = generator;
    serialize_word(two.x);
    serialize_word(three.y);
    return ();
}
