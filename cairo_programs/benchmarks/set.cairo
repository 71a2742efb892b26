// Pairs added to a set, each of them three times.
// flags: --layout small
// compile: --no_debug_info
// expect: ok
// memory: no (millions of lines)
// slow: yes
%builtins range_check

from starkware.cairo.common.alloc import alloc
from starkware.cairo.common.set import set_add

func fill(array: felt*, n: felt) {
    if (n == 0) {
        return ();
    }
    assert array[0] = n;
    assert array[1] = n * n;
    return fill(array + 2, n - 1);
}

func add{range_check_ptr, set_end_ptr: felt*}(start: felt*, array: felt*, n: felt) {
    if (n == 0) {
        return ();
    }
    set_add(start, 2, array);
    return add(start, array + 2, n - 1);
}

func rounds{range_check_ptr, set_end_ptr: felt*}(start: felt*, array: felt*, n: felt, left: felt) {
    if (left == 0) {
        return ();
    }
    add(start, array, n);
    return rounds(start, array, n, left - 1);
}

func main{range_check_ptr}() {
    alloc_locals;
    let (local array) = alloc();
    fill(array, 100);
    let (local start) = alloc();
    let set_end_ptr = start;
    with set_end_ptr {
        rounds(start, array, 100, 100);
    }
    assert set_end_ptr - start = 200;
    return ();
}

// suite: inherit = false
// suite: record = ["stdout", "stderr"]
// suite: flags = "--print_output --print_info --print_segments"
// suite: skip = "runs for long"
