// The failure is in code that the compiler made for an implicit argument.
// flags: --layout small
// expect: error 1
%builtins range_check

func use{range_check_ptr}(x: felt) {
    assert [range_check_ptr] = x;
    let range_check_ptr = range_check_ptr + 1;
    return ();
}

func main{range_check_ptr: felt}() {
    use(-1);
    use(1);
    return ();
}
