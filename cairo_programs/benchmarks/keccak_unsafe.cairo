// Keccak hashes that hints compute: a piece of 200 bytes at a time, and of a list of words.
// flags: --layout small
// compile: --no_debug_info
// expect: ok
// memory: no (millions of lines)
// slow: yes
%builtins range_check

from starkware.cairo.common.alloc import alloc
from starkware.cairo.common.keccak import (
    KeccakState,
    unsafe_keccak,
    unsafe_keccak_add_felt,
    unsafe_keccak_finalize,
    unsafe_keccak_init,
)

func fill(array: felt*, value: felt, n: felt) {
    if (n == 0) {
        return ();
    }
    assert [array] = value * 2 ** 40 + n;
    return fill(array + 1, value, n - 1);
}

func add{range_check_ptr, keccak_state: KeccakState}(n: felt) {
    if (n == 0) {
        return ();
    }
    unsafe_keccak_add_felt(n * 2 ** 200 + n);
    return add(n - 1);
}

func loop{range_check_ptr}(n: felt) {
    alloc_locals;
    if (n == 0) {
        return ();
    }
    let (array) = alloc();
    fill(array, n, 13);
    unsafe_keccak(array, 200);
    let (keccak_state) = unsafe_keccak_init();
    with keccak_state {
        add(6);
    }
    unsafe_keccak_finalize(keccak_state);
    return loop(n - 1);
}

func main{range_check_ptr}() {
    loop(8000);
    return ();
}

// suite: inherit = false
// suite: record = ["stdout", "stderr"]
// suite: flags = "--print_output --print_info --print_segments"
// suite: skip = "runs for long"
