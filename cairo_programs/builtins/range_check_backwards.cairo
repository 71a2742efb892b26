// Written from the last to the first, each twice.
// flags: --layout dex
// compile: --no_debug_info
// expect: ok
%builtins range_check

func main(range_check_ptr: felt*) -> (range_check_ptr: felt*) {
    write(range_check_ptr, 30);
    write(range_check_ptr, 30);
    return (range_check_ptr=range_check_ptr + 30);
}

func write(to: felt*, left: felt) {
    if (left == 0) {
        return ();
    }
    assert to[left - 1] = left;
    return write(to, left - 1);
}
