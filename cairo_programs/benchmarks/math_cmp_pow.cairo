// Comparisons as values, and powers.
// flags: --layout small
// compile: --no_debug_info
// expect: ok
// memory: no (millions of lines)
// slow: yes
%builtins range_check

from starkware.cairo.common.math_cmp import is_in_range, is_le, is_le_felt, is_nn, is_not_zero
from starkware.cairo.common.pow import pow

func loop{range_check_ptr}(n: felt) {
    alloc_locals;
    if (n == 0) {
        return ();
    }
    let a = is_not_zero(n);
    assert a = 1;
    let b = is_nn(-n);
    assert b = 0;
    let c = is_le(n, 2 ** 70);
    assert c = 1;
    let d = is_le_felt(-n, n);
    assert d = 0;
    let e = is_in_range(n, 0, 3000);
    let (power) = pow(n, 40 + n);
    assert_same(power, n, e);
    return loop(n - 1);
}

func assert_same{range_check_ptr}(power: felt, n: felt, e: felt) {
    let (again) = pow(n, 39 + n);
    assert again * n = power;
    return ();
}

func main{range_check_ptr}() {
    loop(5000);
    return ();
}

// suite: inherit = false
// suite: record = ["stdout", "stderr"]
// suite: flags = "--print_output --print_info --print_segments"
// suite: skip = "runs for long"
