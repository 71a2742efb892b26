// No signature at all for what a temporary segment laid there: looked at only when it is written.
// flags: --layout small
// compile: --no_debug_info
// expect: ok
%builtins ecdsa

func main(ecdsa_ptr: felt*) -> (ecdsa_ptr: felt*) {
    alloc_locals;
    local early: felt*;
    %{ ids.early = segments.add_temp_segment() %}
    assert early[0] = 1;
    assert early[1] = 2;
    %{ memory.add_relocation_rule(src_ptr=ids.early, dest_ptr=ids.ecdsa_ptr) %}
    assert early = ecdsa_ptr;
    return (ecdsa_ptr=ecdsa_ptr + 2);
}
