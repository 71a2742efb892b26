// A temporary segment laid into another one, which is laid into a real one: two rules, one behind
// the other, both to an offset that is not zero.
// flags: --layout plain
// expect: ok
func main() {
    alloc_locals;
    local first: felt*;
    local second: felt*;
    local real: felt*;
    %{
        first = ids.first = segments.add_temp_segment()
        second = ids.second = segments.add_temp_segment()
        ids.real = segments.add()
    %}
    assert real[0] = 1;
    assert second[0] = 2;
    assert second[1] = 3;
    assert first[0] = 4;
    assert first[1] = cast(first, felt);
    assert first[2] = cast(second + 1, felt);
    assert second[6] = cast(first + 2, felt);
    %{
        memory.add_relocation_rule(src_ptr=first, dest_ptr=second + 2)
        print(ids.first, ids.second, memory[first + 1], memory[first + 2])
        memory.add_relocation_rule(src_ptr=second, dest_ptr=ids.real + 1)
        print(ids.first, ids.second, memory[first + 1], memory[first + 2])
    %}
    ret;
}
