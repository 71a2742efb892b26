// The output builtin and the program input.
%builtins output
func main{output_ptr: felt*}() {
    %{
        print(sorted(builtin_runners), output_builtin.base, output_builtin.included, output_builtin.base == ids.output_ptr)
        output_builtin.add_page(1, ids.output_ptr, 2)
        for args in [(1, ids.output_ptr, 2), (2, ap, 3), (3, 5, 1)]:
            try:
                output_builtin.add_page(*args)
            except AssertionError as e:
                print(e)
        output_builtin.add_page(page_id=2, page_start=ids.output_ptr + 1, page_size=1)
        print(program_input, type(program_input['big']), program_input['big'] + 1)
        print(program_input['list'][1], program_input['nested']['a'], program_input['text'], program_input['none'])
        memory[ids.output_ptr] = program_input['big']
        try:
            program_input['missing']
        except KeyError as e:
            print(repr(e))
        program_input['new'] = 1
    %}
    let output_ptr = output_ptr + 1;
    %{ print(program_input['new'], output_builtin.base + 1 == ids.output_ptr) %}
    return ();
}
