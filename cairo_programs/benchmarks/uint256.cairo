// 256-bit sums, products, quotients, roots and comparisons.
// flags: --layout small
// compile: --no_debug_info
// expect: ok
// memory: no (millions of lines)
// slow: yes
%builtins range_check

from starkware.cairo.common.uint256 import (
    Uint256,
    uint256_add,
    uint256_le,
    uint256_lt,
    uint256_mul,
    uint256_mul_div_mod,
    uint256_sqrt,
    uint256_sub,
    uint256_unsigned_div_rem,
)

func loop{range_check_ptr}(a: Uint256, b: Uint256, n: felt) {
    alloc_locals;
    if (n == 0) {
        return ();
    }
    let (local sum, _) = uint256_add(a, b);
    let (low, _) = uint256_mul(sum, b);
    let (quotient, remainder) = uint256_unsigned_div_rem(low, b);
    let (local difference) = uint256_sub(low, remainder);
    let (smaller) = uint256_lt(remainder, b);
    assert smaller = 1;
    uint256_le(quotient, difference);
    let (root) = uint256_sqrt(difference);
    uint256_mul_div_mod(sum, root, b);
    return loop(low, b, n - 1);
}

func main{range_check_ptr}() {
    loop(
        Uint256(2 ** 127 + 9876543210123456789, 2 ** 126 + 1234567),
        Uint256(0xfedcba98765432100123456789abcdef, 0x123456789abcdef0),
        3000,
    );
    return ();
}

// suite: inherit = false
// suite: record = ["stdout", "stderr"]
// suite: flags = "--print_output --print_info --print_segments"
// suite: skip = "runs for long"
