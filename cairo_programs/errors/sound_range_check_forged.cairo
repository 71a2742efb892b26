// Too large a number gets into the range check's segment past the check: by the way that loads data.
// flags: --layout small
// expect: error 1
// message: is out of range
%builtins range_check

func main{range_check_ptr}() {
    %{ segments.load_data(ids.range_check_ptr, [2 ** 128]) %}
    assert [range_check_ptr] = 2 ** 128;
    let range_check_ptr = range_check_ptr + 1;
    return ();
}

// reference: ok
