// Keccak hashes of 200 bytes by the builtin.
// flags: --layout starknet_with_keccak
// compile: --no_debug_info
// expect: ok
// memory: no (millions of lines)
// slow: yes
%builtins range_check bitwise keccak

from starkware.cairo.common.alloc import alloc
from starkware.cairo.common.builtin_keccak.keccak import keccak
from starkware.cairo.common.cairo_builtins import BitwiseBuiltin, KeccakBuiltin

func fill(array: felt*, value: felt, n: felt) {
    if (n == 0) {
        return ();
    }
    assert [array] = value * 2 ** 40 + n;
    return fill(array + 1, value, n - 1);
}

func loop{range_check_ptr, bitwise_ptr: BitwiseBuiltin*, keccak_ptr: KeccakBuiltin*}(n: felt) {
    alloc_locals;
    if (n == 0) {
        return ();
    }
    let (array) = alloc();
    fill(array, n, 25);
    keccak(array, 200);
    return loop(n - 1);
}

func main{range_check_ptr, bitwise_ptr: BitwiseBuiltin*, keccak_ptr: KeccakBuiltin*}() {
    loop(2000);
    return ();
}

// suite: inherit = false
// suite: record = ["stdout", "stderr"]
// suite: flags = "--print_output --print_info --print_segments"
// suite: skip = "runs for long"
