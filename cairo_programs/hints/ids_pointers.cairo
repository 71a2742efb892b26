// Pointers through `ids`: felt*, felt**, differences, and a pointer argument assigned by a hint.
// flags: --layout plain
// expect: ok
func main() {
    alloc_locals;
    local list: felt*;
    local lists: felt**;
    local length;
    %{
        ids.list = segments.add()
        ids.lists = segments.add()
        for i in range(5):
            memory[ids.list + i] = i * i
        memory[ids.lists] = ids.list
        memory[ids.lists + 1] = ids.list + 5
        ids.length = memory[ids.lists + 1] - memory[ids.lists]
        print(ids.list, ids.lists, ids.length)
    %}
    assert length = 5;
    assert lists[0][4] = 16;
    assert lists[1] = list + length;
    assert [lists[1]] = 25;
    %{ print(memory[memory[ids.lists] + 5]) %}
    ret;
}
