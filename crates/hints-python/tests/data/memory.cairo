// Memory, addresses and segments as hints use them; prints only.
func main() {
    %{
        def t(s):
            try:
                print(s, '->', eval(s, globals()))
            except BaseException as e:
                print(s, '!!', type(e).__name__, '|', str(e))
        def ex(s):
            try:
                exec(s, globals())
                print(s, ': ok')
            except BaseException as e:
                print(s, '!!', type(e).__name__, '|', str(e))
        a = segments.add()
        b = segments.add_temp_segment()
        from starkware.cairo.lang.vm.relocatable import RelocatableValue, MaybeRelocatable
        for s in ['a', 'b', '[a]', 'repr(a)', 'f"{a:>8}|{a}|{a!r}"', '"%s %r" % (a, a)', 'a + 3', '3 + a', 'a - 3', '(a + 5) - a', 'a - (a + 5)', 'a - b', 'a + a', '3 - a', 'a * 2', '-a', 'a < b', 'a > 5', '5 < a', 'a == 5', 'a != 5', 'a == a + 0', 'a <= a', 'a >= 7', 'a < "x"', 'a <= "x"', 'a == "x"', 'a + "x"', 'a - "x"', 'a % 5', '(a + 7) % 5', '(a - 7) % PRIME', 'a + True', 'hash(a) == hash(a + 0)', '{a: 1}[a]', 'sorted([a + 2, a, b, 5])', 'a.segment_index, a.offset', 'int(a)', 'bool(a)', 'a[0]', 'len(a)', 'RelocatableValue(1, 2)', 'RelocatableValue(segment_index=1, offset=2) == RelocatableValue(1, 2)', 'RelocatableValue(1)', 'RelocatableValue.SEGMENT_BITS', 'RelocatableValue.to_tuple(a)', 'RelocatableValue.to_tuple(5)', 'RelocatableValue.to_tuple("x")', 'isinstance(a, RelocatableValue)', 'isinstance(5, RelocatableValue)', 'type(a)', 'to_felt_or_relocatable(a)', 'to_felt_or_relocatable(7/2)', 'to_felt_or_relocatable(True)', 'to_felt_or_relocatable("12")', 'to_felt_or_relocatable("x")', 'memory[a]', 'memory[5]', 'memory[-5]', 'memory["x"]', 'memory[a - 1]', 'memory[None]', 'memory[ap - 1]', 'memory[fp - 1]', 'memory[fp - 2]', 'memory[ap]', 'memory.get(a)', 'memory.get(a, 5)', 'memory.get(fp - 1)', 'memory.get("x")', 'memory.get(a, default_value=9)', 'a in memory', 'fp - 1 in memory', '5 in memory', 'fp, ap, pc', 'current_step', 'PRIME', 'program_input', 'len(memory) > 3', 'ids.main.instruction_offset_', 'segments.prime == PRIME', 'segments.n_segments', 'segments.n_temp_segments', 'segments.get_segment_used_size(0)', 'segments.get_segment_size(0)', 'memory.get_range(fp - 2, 2)', 'memory.get_range(addr=fp - 2, size=1)', 'memory.get_range(fp - 3, 2)', 'memory.get_range_as_ints(fp - 2, 2)', 'memory.get_range(a, 0)', 'memory.get_range_as_ints(pc, 1)', 'memory.is_frozen()', 'memory.prime == PRIME', 'safe_div(6, 3)', 'safe_div(7, 3)', 'safe_div(7, 0)', 'safe_div(7.0, 1)', 'fadd(PRIME - 1, 3)', 'fsub(1, 3)', 'fmul(2, PRIME - 1)', 'fdiv(1, 2)', 'fdiv(1, 0)', 'fpow(2, 252)', 'fpow(2, -1)', 'fis_quad_residue(3)', 'fis_quad_residue(5)', 'fsqrt(4)', 'fsqrt(2)', 'fadd(1, 2, 3)', 'fadd(1)', 'builtin_runners', 'vm_exit_scope()', '__name__', 'memory.nope', 'segments.nope', 'b + 1', 'b < a']:
            t(s)
        for s in ['memory[a] = 5', 'memory[a] = 5', 'memory[a] = 6', 'memory[a + 1] = -1', 'memory[a + 2] = True', 'memory[a + 3] = 3.5', 'memory[a + 3] = "x"', 'memory[a + 3] = None', 'memory[a + 3] = [1]', 'memory[a + 3] = 2**300', 'memory[a + 4] = PRIME', 'memory[a + 5] = a - 1', 'memory[a - 1] = 5', 'memory[-1] = 5', 'memory["x"] = 5', 'memory[None] = 5', 'del memory[a]', 'memory[RelocatableValue(99, -1)] = 1', 'memory[a + 6] = b + 3', 'memory[b] = 7', 'memory[b + 2] = 8', 'a.offset = 3', 'del a.offset', 'memory.setdefault(a + 7, 9)', 'memory.setdefault(a + 7, 10)', 'memory.setdefault(a + 8, -1)', 'memory.setdefault(a + 8)', 'memory.add_relocation_rule(a, b)', 'memory.add_relocation_rule(b + 1, a)', 'memory.add_relocation_rule(src_ptr=b, dest_ptr=a + 100)', 'memory.add_relocation_rule(b, a)', 'segments.write_arg(a + 20, [1, -1, [2, 3], a])', 'segments.write_arg(a + 30, 5)', 'segments.write_arg(a + 30, (x for x in range(3)))', 'segments.gen_arg(5)', 'segments.gen_arg(-5)', 'segments.load_data(a + 40, [1, 2])', 'segments.load_data(a + 50, [-1])', 'segments.load_data(a + 50, ["x"])', 'segments.write_arg(a + 60, [-1], apply_modulo_to_args=False)', 'x = segments.gen_arg([[1], [2, [3]]])', 'segments.memory[a + 70] = 5', 'segments.memory[a + 71] = -5', 'segments.memory[a + 71] = 2**20']:
            ex(s)
        for s in ['memory[a + 1]', 'memory[a + 2]', 'memory[a + 3] == 2**300 % PRIME', 'memory[a + 4]', 'memory[a + 5]', 'memory[a + 6]', 'memory[b]', 'memory[b + 2]', 'memory[a + 7]', 'memory.get_range(a + 20, 4)', 'memory.get_range(memory[a + 22], 2)', 'memory.get_range(a + 30, 3)', 'x', 'memory[x]', 'memory[memory[x]]', 'memory.get_range(memory[x + 1], 2)', 'segments.add()', 'segments.add(size=5)', 'segments.gen_arg(a)', 'segments.gen_arg("")', 'memory[a + 71]', 'segments.memory[a]', 'segments.write_arg(segments.add(), [])', 'segments.load_data(ptr=a + 80, data=[1, 2, 3])', 'segments.gen_arg(arg=[7])', 'segments.gen_arg({1: 2})']:
            t(s)
    %}
    return ();
}
