// A hint loads another program, whose hints then run: those of the main program go on as they were.
// The program is in inputs/load_program.json; it multiplies its first argument and adds a member.
// flags: --layout plain --program_input cairo_programs/hints/inputs/load_program.json
// expect: ok
func call_it(entry: felt*, x: felt, pair: felt*) -> felt {
    [ap] = x, ap++;
    [ap] = pair, ap++;
    call abs entry;
    return [ap - 1];
}

func main() {
    alloc_locals;
    local entry: felt*;
    local pair: felt*;
    %{
        from starkware.cairo.lang.compiler.program import Program
        program = Program.load(data=program_input['program'])
        base = segments.add()
        segments.load_data(base, program.data)
        ids.entry = base + program.get_label("work")
        ids.pair = segments.gen_arg([20, 30])
        print(program.builtins, len(program.data), program.main, program.get_label('fails'), program.prime == PRIME)
        vm_load_program(program, base)
    %}
    let first = call_it(entry, 5, pair);
    %{ print('outer', ids.entry - base) %}
    let second = call_it(entry, 6, pair);
    assert first = 45;
    assert second = 48;
    %{ print('outer', calls if 'calls' in globals() else None) %}
    ret;
}
