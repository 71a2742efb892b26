// A hint of a program that a hint has loaded raises.
// flags: --layout plain --program_input cairo_programs/hints/inputs/load_program.json
// expect: error 1
// message: inner hint 7
func main() {
    alloc_locals;
    local entry: felt*;
    local pair: felt*;
    %{
        from starkware.cairo.lang.compiler.program import Program
        program = Program.Schema().load(program_input['program'])
        base = segments.add()
        segments.load_data(base, program.data)
        ids.entry = base + program.get_label("work")
        ids.pair = segments.gen_arg([20, 30])
        vm_load_program(program=program, program_base=base)
    %}
    [ap] = 7, ap++;
    [ap] = pair, ap++;
    call abs entry;
    ret;
}
