// Structures of modules that have nothing else.
// flags: --layout small
// expect: ok
%builtins output

from starkware.cairo.common.cairo_builtins import EcOpBuiltin, ModBuiltin, UInt384
from starkware.cairo.common.cairo_secp.bigint3 import BigInt3, SumBigInt3, UnreducedBigInt3
from starkware.cairo.common.cairo_secp.constants import BASE, N0
from starkware.cairo.common.cairo_secp.ec_point import EcPoint
from starkware.cairo.common.sha256_state import Sha256Input, Sha256ProcessBlock, Sha256State
from starkware.cairo.common.serialize import serialize_word

func main{output_ptr: felt*}() {
    alloc_locals;
    local number: UInt384 = UInt384(d0=1, d1=2, d2=3, d3=4);
    local point: EcPoint = EcPoint(x=BigInt3(d0=1, d1=2, d2=3), y=BigInt3(d0=4, d1=5, d2=6));
    serialize_word(number.d2);
    serialize_word(point.y.d1);
    serialize_word(EcOpBuiltin.SIZE);
    serialize_word(ModBuiltin.SIZE);
    serialize_word(SumBigInt3.SIZE);
    serialize_word(UnreducedBigInt3.SIZE);
    serialize_word(Sha256State.SIZE);
    serialize_word(Sha256Input.SIZE);
    serialize_word(Sha256ProcessBlock.SIZE);
    serialize_word(BASE);
    serialize_word(N0);
    return ();
}
