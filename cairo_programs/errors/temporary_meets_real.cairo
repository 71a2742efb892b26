// A temporary segment is laid over a cell that holds something else.
// flags: --layout plain
// expect: error 1
func main() {
    alloc_locals;
    local early: felt*;
    local real: felt*;
    %{
        ids.early = segments.add_temp_segment()
        ids.real = segments.add()
    %}
    assert real[3] = 5;
    assert early[1] = 6;
    %{ memory.add_relocation_rule(src_ptr=ids.early, dest_ptr=ids.real + 2) %}
    ret;
}
