// gen_arg, write_arg and load_data: nested lists become segments.
// flags: --layout plain
// expect: ok
func main() {
    alloc_locals;
    local list: felt*;
    local nested: felt**;
    %{
        ids.list = segments.gen_arg([1, -2, PRIME + 3])
        ids.nested = segments.gen_arg([[10, 11], [], [[12]]])
        end = segments.write_arg(ids.list + 3, [4, 5])
        print(ids.list, ids.nested, end)
        print(segments.load_data(end, [6, 7]))
        print(memory.get_range(ids.list, 7), memory.get_range(ids.nested, 3))
    %}
    assert list[1] = -2;
    assert list[2] = 3;
    assert list[6] = 7;
    assert nested[0][1] = 11;
    assert [cast(nested[2][0], felt*)] = 12;
    ret;
}
