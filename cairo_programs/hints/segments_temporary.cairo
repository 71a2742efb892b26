// A temporary segment, written through and then laid into a real one.
// flags: --layout plain
// expect: ok
func main() {
    alloc_locals;
    local early: felt*;
    local real: felt*;
    %{
        ids.early = segments.add_temp_segment()
        ids.real = segments.add()
        print(ids.early, ids.early + 1)
    %}
    assert early[0] = 10;
    assert early[1] = 11;
    assert early[2] = cast(early + 1, felt);
    assert real[0] = 9;
    %{
        memory.add_relocation_rule(src_ptr=ids.early, dest_ptr=ids.real + 1)
        print(ids.early, memory[ids.real])
    %}
    assert early = real + 1;
    ret;
}
