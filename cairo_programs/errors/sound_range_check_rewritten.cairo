// Too large a number gets into the range check's segment by a hint that changes the cell later.
// flags: --layout small
// expect: error 1
// message: is out of range
%builtins range_check

func main{range_check_ptr}() {
    %{ memory.data[ids.range_check_ptr] = PRIME - 1 %}
    let range_check_ptr = range_check_ptr + 1;
    return ();
}

// reference: ok
