// Rules for the output's segment and for the execution segment, rules with further arguments, several
// rules for one segment, and what they see of the machine.
// flags: --layout small
// expect: ok
%builtins output

func main{output_ptr: felt*}() {
    alloc_locals;
    local table: felt*;
    %{
        ids.table = segments.add()
        seen = []

        def first(vm, addr, *more):
            seen.append((addr.offset, more))
            return None

        def second(vm, addr, base, factor):
            assert vm.prime > 2**251
            if addr - 1 in vm.run_context.memory:
                return vm.run_context.memory[addr - 1] * factor
            if addr.offset == 4:
                return base + 7
            return None if addr.offset == 0 else -1 - addr.offset

        rule_segment = ids.table.segment_index
        vm_add_auto_deduction_rule(rule_segment, first)
        vm_add_auto_deduction_rule(rule_segment, second, ids.table, 3)

        def small(memory, addr, bound=100):
            value = memory[addr]
            if not isinstance(value, int):
                return frozenset()
            assert value < bound, f'{value} is too large for {addr}'
            seen.append(('output', addr.offset, value))
            return {addr}

        vm_add_validation_rule(output_builtin.base.segment_index, small)
        vm_add_validation_rule(segment_index=output_builtin.base.segment_index, rule=lambda memory, addr: set())
        memory[ids.table] = 5
    %}
    tempvar fifteen = table[1];
    tempvar forty_five = table[2];
    tempvar pointer = table[4];
    assert fifteen = 15;
    assert forty_five = 45;
    assert [output_ptr] = 41;
    assert [output_ptr + 1] = fifteen;
    assert [output_ptr + 1] = 15;
    %{
        memory[ids.output_ptr + 2] = 42
        memory[ids.output_ptr + 2] = 42
        segments.memory[ids.output_ptr + 3] = 4300
        try:
            memory[ids.output_ptr + 4] = 101
        except AssertionError as error:
            print(error)
        try:
            memory[ids.output_ptr + 3] = 4300
        except AssertionError as error:
            print(error)
        print(seen)
        print(ids.pointer, memory[ids.table + 4])
        cells = []
        vm_add_validation_rule(fp.segment_index, lambda memory, addr: cells.append(addr - fp) or {addr})
    %}
    tempvar a = 1;
    tempvar b = a + 1;
    %{
        memory[ap + 3] = 17
        print(cells, memory.data[ap - 1])
        memory.add_validation_rule(rule_segment, lambda memory, addr: {addr})
    %}
    let output_ptr = output_ptr + 5;
    return ();
}
