// Multiples of points on secp256k1.
// flags: --layout small
// compile: --no_debug_info
// expect: ok
// memory: no (millions of lines)
// slow: yes
%builtins range_check

from starkware.cairo.common.cairo_secp.bigint3 import BigInt3
from starkware.cairo.common.cairo_secp.ec import ec_mul
from starkware.cairo.common.cairo_secp.ec_point import EcPoint
from starkware.cairo.common.cairo_secp.signature import get_generator_point

func loop{range_check_ptr}(point: EcPoint, n: felt) {
    if (n == 0) {
        return ();
    }
    let (next) = ec_mul(
        point, BigInt3(d0=n * 2 ** 70 + 77, d1=2 ** 85 + 123456789, d2=2 ** 83 + n)
    );
    return loop(next, n - 1);
}

func main{range_check_ptr}() {
    let (point) = get_generator_point();
    loop(point, 20);
    return ();
}

// suite: inherit = false
// suite: record = ["stdout", "stderr"]
// suite: flags = "--print_output --print_info --print_segments"
// suite: skip = "runs for long"
