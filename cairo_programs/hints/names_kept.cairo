// The host's names in hints that can't tell whether they stay in between: functions of an outer scope
// do not find them, an ids that was kept stays as it was, rules do not find them either.
// flags: --layout plain
// expect: ok
func inner(n: felt) {
    alloc_locals;
    local square;
    %{
        ids.square = ids.n ** 2
        kept.append(ids)
        for function in (read_ids, read_memory, read_step, read_segments):
            try:
                print(function())
            except NameError as error:
                print(error)
    %}
    assert square = n * n;
    if (n == 0) {
        return ();
    }
    inner(n - 1);
    return ();
}

func main() {
    alloc_locals;
    local p: felt*;
    local found;
    %{
        kept = []

        def read_ids():
            return ids.n

        def read_memory():
            return memory[fp - 3]

        def read_step():
            return current_step > 0

        def read_segments():
            return segments.n_segments
    %}
    [ap] = 1, ap++;
    %{ vm_enter_scope({'kept': kept, 'read_ids': read_ids, 'read_memory': read_memory, 'read_step': read_step, 'read_segments': read_segments}) %}
    inner(2);
    %{
        print([(old.n, old.square) for old in kept])
        vm_exit_scope()
    %}
    [ap] = 2, ap++;
    %{
        ids.p = segments.add()
        print(read_segments(), read_step(), [old.n for old in kept])

        def lookup(vm, addr):
            try:
                return memory[ids.p + 7]
            except NameError as error:
                return len(str(error))

        vm_add_auto_deduction_rule(ids.p.segment_index, lookup)
        later = lambda: ids.found
    %}
    tempvar eleven = p[0];
    assert found = eleven;
    %{ print(later(), ids.eleven, kept[0].n) %}
    [ap] = 3, ap++;
    %{ print(ap - fp) %}
    [ap] = 4, ap++;
    %{ print(ap - fp, pc.offset > 0) %}
    ret;
}
