// memory.data is the dictionary behind memory: a cell can be taken back and given another value.
// flags: --layout plain
// expect: ok
func main() {
    alloc_locals;
    local p: felt*;
    %{
        ids.p = segments.add()
        memory[ids.p] = 5
        del memory.data[ids.p]
        print(ids.p in memory, ids.p in memory.data, memory.get(ids.p, 'nothing'))
        memory[ids.p] = 6
        print(memory.data[ids.p], memory.data.get(ids.p + 1), memory.data.get(ids.p + 1, 3))
        memory.data[ids.p] = 7
        print(memory[ids.p], memory.data.pop(ids.p), memory.data.pop(ids.p, None))
        memory.data[ids.p + 3] = 8
        for key in (ids.p, 5, 'text', None):
            try:
                memory.data[key]
            except KeyError as error:
                print(repr(error))
        for key in (ids.p + 1, 'text'):
            try:
                del memory.data[key]
            except KeyError as error:
                print(repr(error))
        try:
            memory.data[[]]
        except TypeError as error:
            print(error)
        print(memory.data.setdefault(ids.p + 4, 9), memory.data.setdefault(ids.p + 4, 10))
        temporary = segments.add_temp_segment()
        memory[ids.p + 5] = temporary + 2
        memory.add_relocation_rule(temporary, ids.p)
        print(memory[ids.p + 5], memory.data[ids.p + 5], memory.relocate_value(temporary + 1))
        print(len(memory.data) == len(memory), type(memory.data[ids.p + 3]).__name__)
        memory[ids.p] = 1
    %}
    assert [p] = 1;
    assert [p + 3] = 8;
    ret;
}
