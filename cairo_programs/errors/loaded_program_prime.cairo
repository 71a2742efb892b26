// A program for another prime can't be loaded.
// flags: --layout plain --program_input cairo_programs/hints/inputs/load_program.json
// expect: error 1
func main() {
    %{
        from starkware.cairo.lang.compiler.program import Program
        description = dict(program_input['program'], prime='0x11')
        vm_load_program(Program.load(data=description), segments.add())
    %}
    ret;
}
