// In a function that main calls.
// flags: --layout small
// expect: error 1
// message: in range check builtin 2, is out of range
%builtins range_check

func main{range_check_ptr}() {
    check(2 ** 126);
    return ();
}

func check{range_check_ptr}(value: felt) {
    assert [range_check_ptr] = value;
    let range_check_ptr = range_check_ptr + 1;
    return check(value * 2);
}
