// Arrays of 500 cells copied to new segments by the library's loop, many times.
// flags: --layout plain
// compile: --no_debug_info
// expect: ok
// memory: no (millions of lines)
// slow: yes
from starkware.cairo.common.alloc import alloc
from starkware.cairo.common.memcpy import memcpy
from starkware.cairo.common.memset import memset

func copies(source: felt*, n: felt, rounds: felt) {
    alloc_locals;
    if (rounds == 0) {
        return ();
    }
    let (target) = alloc();
    memcpy(target, source, n);
    return copies(target, n, rounds - 1);
}

func main() {
    alloc_locals;
    let (local source) = alloc();
    memset(source, 2 ** 200 + 7, 500);
    copies(source, 500, 1200);
    return ();
}

// suite: inherit = false
// suite: record = ["stdout", "stderr"]
// suite: flags = "--print_output --print_info --print_segments"
// suite: skip = "runs for long"
