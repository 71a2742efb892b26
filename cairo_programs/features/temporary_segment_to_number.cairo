// A temporary segment without cells goes to a number: the addresses into it become numbers.
// flags: --layout plain
// expect: ok
func main() {
    tempvar first;
    tempvar second;
    %{
        start = segments.add_temp_segment()
        memory[ap - 2] = start + 3
        memory[ap - 1] = start
        memory.add_relocation_rule(start, 100)
        print(memory[ap - 2], memory.relocate_value(start + 5))
    %}
    assert first = second + 3;
    assert first = 103;
    assert second * 2 = 200;
    return ();
}
