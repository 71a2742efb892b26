// is_accessed again and again while the program goes on.
// flags: --layout plain
// expect: ok
func step(n: felt, p: felt*) {
    %{ print([is_accessed(ids.p + i) for i in range(5)], is_accessed(ap - 1), is_accessed(ap), is_accessed(pc)) %}
    if (n == 0) {
        return ();
    }
    assert p[n] = n;
    %{ print(is_accessed(addr=ids.p + ids.n), is_accessed(5), is_accessed('text'), is_accessed(fp - 100)) %}
    return step(n - 1, p);
}

func main() {
    alloc_locals;
    local p: felt*;
    %{
        ids.p = segments.add()
        memory[ids.p + 4] = 9
        print(is_accessed(segments.add_temp_segment()))
    %}
    step(3, p);
    %{
        print([is_accessed(ids.p + i) for i in range(5)])
        print([is_accessed(pc + i) for i in range(-3, 3)])
        try:
            is_accessed([])
        except TypeError as error:
            print(error)
    %}
    ret;
}
