// A dictionary with a default written, updated and read at keys far apart, then squashed.
// flags: --layout small
// compile: --no_debug_info
// expect: ok
// memory: no (millions of lines)
// slow: yes
%builtins range_check

from starkware.cairo.common.default_dict import default_dict_finalize, default_dict_new
from starkware.cairo.common.dict import dict_read, dict_update, dict_write
from starkware.cairo.common.dict_access import DictAccess

func fill{dict_ptr: DictAccess*}(n: felt) {
    if (n == 0) {
        return ();
    }
    let key = n * 1000003;
    dict_write(key, n);
    dict_update(key, n, n + 1);
    let (value) = dict_read(key);
    assert value = n + 1;
    return fill(n - 1);
}

func read{dict_ptr: DictAccess*}(n: felt) {
    if (n == 0) {
        return ();
    }
    let (value) = dict_read(n * 1000003);
    assert value = n + 1;
    return read(n - 1);
}

func main{range_check_ptr}() {
    alloc_locals;
    let (local start: DictAccess*) = default_dict_new(0);
    let dict_ptr = start;
    with dict_ptr {
        fill(20000);
        read(20000);
    }
    default_dict_finalize(start, dict_ptr, 0);
    return ();
}

// suite: inherit = false
// suite: record = ["stdout", "stderr"]
// suite: flags = "--print_output --print_info --print_segments"
// suite: skip = "runs for long"
