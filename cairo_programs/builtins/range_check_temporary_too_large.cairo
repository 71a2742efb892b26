// Too large a value in a temporary segment laid into the segment of the builtin: values are checked
// when they are written, and only a secure run of ours looks at them again.
// flags: --layout small
// compile: --no_debug_info
// expect: error 1
%builtins range_check

func main(range_check_ptr: felt*) -> (range_check_ptr: felt*) {
    alloc_locals;
    local early: felt*;
    %{ ids.early = segments.add_temp_segment() %}
    assert early[0] = 3;
    assert early[1] = 2 ** 128;
    assert range_check_ptr[0] = 1;
    %{ memory.add_relocation_rule(src_ptr=ids.early, dest_ptr=ids.range_check_ptr + 1) %}
    assert early = range_check_ptr + 1;
    return (range_check_ptr=range_check_ptr + 3);
}

// reference: ok
