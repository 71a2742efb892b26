// The checks and divisions of the library's math module.
// flags: --layout small
// compile: --no_debug_info
// expect: ok
// memory: no (millions of lines)
// slow: yes
%builtins range_check

from starkware.cairo.common.math import (
    abs_value,
    assert_250_bit,
    assert_le,
    assert_le_felt,
    assert_lt,
    assert_nn,
    assert_not_equal,
    assert_not_zero,
    sign,
    signed_div_rem,
    split_felt,
    sqrt,
    unsigned_div_rem,
)

func loop{range_check_ptr}(n: felt) {
    alloc_locals;
    if (n == 0) {
        return ();
    }
    assert_not_zero(n);
    assert_not_equal(n, n + 1);
    assert_nn(n);
    assert_le(n, 2 ** 60);
    assert_lt(n, n * n + 5);
    assert_250_bit(n * 2 ** 200);
    assert_le_felt(n, -n);
    split_felt(n * 2 ** 150 + n);
    let (q, r) = unsigned_div_rem(n * 1000003, 77);
    assert q * 77 + r = n * 1000003;
    signed_div_rem(-n, 5, 2 ** 100);
    let (root) = sqrt_of(n * n + n);
    assert root = n;
    let absolute = abs_value(-n);
    assert absolute = n;
    let negative = sign(-n);
    assert negative = -1;
    return loop(n - 1);
}

func sqrt_of{range_check_ptr}(value: felt) -> (root: felt) {
    let root = sqrt(value);
    return (root=root);
}

func main{range_check_ptr}() {
    loop(5000);
    return ();
}

// suite: inherit = false
// suite: record = ["stdout", "stderr"]
// suite: flags = "--print_output --print_info --print_segments"
// suite: skip = "runs for long"
