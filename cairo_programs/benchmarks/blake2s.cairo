// BLAKE2s hashes that hints compute and Cairo code proves.
// flags: --layout recursive_large_output
// compile: --no_debug_info
// expect: ok
// memory: no (millions of lines)
// slow: yes
%builtins range_check bitwise

from starkware.cairo.common.alloc import alloc
from starkware.cairo.common.cairo_blake2s.blake2s import blake2s, finalize_blake2s
from starkware.cairo.common.cairo_builtins import BitwiseBuiltin

func fill(array: felt*, value: felt, n: felt) {
    if (n == 0) {
        return ();
    }
    assert [array] = value * 2 ** 16 + n;
    return fill(array + 1, value, n - 1);
}

func loop{range_check_ptr, blake2s_ptr: felt*}(n: felt) {
    alloc_locals;
    if (n == 0) {
        return ();
    }
    let (array) = alloc();
    fill(array, n, 32);
    blake2s(array, 128);
    return loop(n - 1);
}

func main{range_check_ptr, bitwise_ptr: BitwiseBuiltin*}() {
    alloc_locals;
    let (local start) = alloc();
    let blake2s_ptr = start;
    with blake2s_ptr {
        loop(300);
    }
    finalize_blake2s(start, blake2s_ptr);
    return ();
}

// suite: inherit = false
// suite: record = ["stdout", "stderr"]
// suite: flags = "--print_output --print_info --print_segments"
// suite: skip = "runs for long"
