// A thousand numbers, more than fit the steps.
// flags: --layout dex --proof_mode
// compile: --proof_mode --no_debug_info
// expect: ok
%builtins range_check

func main{range_check_ptr}() {
    check(1000);
    return ();
}

func check{range_check_ptr}(left: felt) {
    if (left == 0) {
        return ();
    }
    assert [range_check_ptr] = left * left * left;
    let range_check_ptr = range_check_ptr + 1;
    return check(left - 1);
}

// suite: record = ["stdout", "stderr", "trace", "memory"]
