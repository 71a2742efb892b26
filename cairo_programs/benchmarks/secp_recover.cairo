// Public keys recovered from signatures on secp256k1.
// flags: --layout small
// compile: --no_debug_info
// expect: ok
// memory: no (millions of lines)
// slow: yes
%builtins range_check

from starkware.cairo.common.cairo_secp.bigint3 import BigInt3
from starkware.cairo.common.cairo_secp.signature import recover_public_key

func loop{range_check_ptr}(n: felt) {
    if (n == 0) {
        return ();
    }
    recover_public_key(
        msg_hash=BigInt3(d0=n * 2 ** 60 + 5, d1=2 ** 84 + n, d2=2 ** 82 + 99),
        r=BigInt3(d0=0xe28d959f2815b16f81798, d1=0xa573a1c2c1c0a6ff36cb7, d2=0x79be667ef9dcbbac55a06),
        s=BigInt3(d0=n * 2 ** 50 + 7, d1=2 ** 83 + 1234, d2=2 ** 80 + n),
        v=27,
    );
    return loop(n - 1);
}

func main{range_check_ptr}() {
    loop(10);
    return ();
}

// suite: inherit = false
// suite: record = ["stdout", "stderr"]
// suite: flags = "--print_output --print_info --print_segments"
// suite: skip = "runs for long"
