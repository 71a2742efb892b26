// Keccak hashes that hints guess and Cairo code proves.
// flags: --layout recursive_large_output
// compile: --no_debug_info
// expect: ok
// memory: no (millions of lines)
// slow: yes
%builtins range_check bitwise

from starkware.cairo.common.alloc import alloc
from starkware.cairo.common.cairo_builtins import BitwiseBuiltin
from starkware.cairo.common.cairo_keccak.keccak import cairo_keccak, finalize_keccak

func fill(array: felt*, value: felt, n: felt) {
    if (n == 0) {
        return ();
    }
    assert [array] = value * 2 ** 40 + n;
    return fill(array + 1, value, n - 1);
}

func loop{range_check_ptr, bitwise_ptr: BitwiseBuiltin*, keccak_ptr: felt*}(n: felt) {
    alloc_locals;
    if (n == 0) {
        return ();
    }
    let (array) = alloc();
    fill(array, n, 13);
    cairo_keccak(array, 100);
    return loop(n - 1);
}

func main{range_check_ptr, bitwise_ptr: BitwiseBuiltin*}() {
    alloc_locals;
    let (local start) = alloc();
    let keccak_ptr = start;
    with keccak_ptr {
        loop(90);
    }
    finalize_keccak(start, keccak_ptr);
    return ();
}

// suite: inherit = false
// suite: record = ["stdout", "stderr"]
// suite: flags = "--print_output --print_info --print_segments"
// suite: skip = "runs for long"
