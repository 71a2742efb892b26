// Lists with repetitions sorted by hints and checked.
// flags: --layout small
// compile: --no_debug_info
// expect: ok
// memory: no (millions of lines)
// slow: yes
%builtins range_check

from starkware.cairo.common.alloc import alloc
from starkware.cairo.common.usort import usort

func fill(array: felt*, value: felt, n: felt) {
    if (n == 0) {
        return ();
    }
    assert array[0] = 2 ** 100 - n * n * value;
    assert array[1] = n;
    return fill(array + 2, value, n - 1);
}

func loop{range_check_ptr}(n: felt) {
    alloc_locals;
    if (n == 0) {
        return ();
    }
    let (local array) = alloc();
    fill(array, n, 100);
    usort(200, array);
    return loop(n - 1);
}

func main{range_check_ptr}() {
    loop(150);
    return ();
}

// suite: inherit = false
// suite: record = ["stdout", "stderr"]
// suite: flags = "--print_output --print_info --print_segments"
// suite: skip = "runs for long"
