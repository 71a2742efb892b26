// SHA-256 compressions in Cairo with the bitwise builtin.
// flags: --layout recursive
// compile: --no_debug_info
// expect: ok
// memory: no (millions of lines)
// slow: yes
%builtins bitwise

from starkware.cairo.common.alloc import alloc
from starkware.cairo.common.cairo_builtins import BitwiseBuiltin
from starkware.cairo.common.cairo_sha256.sha256_utils import (
    compute_message_schedule,
    get_round_constants,
    sha2_compress,
)

func fill(array: felt*, value: felt, n: felt) {
    if (n == 0) {
        return ();
    }
    assert [array] = value * 2 ** 16 + n;
    return fill(array + 1, value, n - 1);
}

func loop{bitwise_ptr: BitwiseBuiltin*}(state: felt*, constants: felt*, n: felt) {
    alloc_locals;
    if (n == 0) {
        return ();
    }
    let (local words) = alloc();
    fill(words, n, 16);
    compute_message_schedule(words);
    let (next) = sha2_compress(state, words, constants);
    return loop(next, constants, n - 1);
}

func main{bitwise_ptr: BitwiseBuiltin*}() {
    alloc_locals;
    let (state) = alloc();
    fill(state, 0x6a09, 8);
    let constants = get_round_constants();
    loop(state, constants, 200);
    return ();
}

// suite: inherit = false
// suite: record = ["stdout", "stderr"]
// suite: flags = "--print_output --print_info --print_segments"
// suite: skip = "runs for long"
