// The names of builtin runners: the program's builtins are there, the layout's others are not.
// flags: --layout small
// expect: ok
%builtins output

func main{output_ptr: felt*}() {
    %{
        print(list(builtin_runners))
        print(output_builtin.base, 'range_check_builtin' in globals(), 'output_builtin' in globals())
        print(builtin_runners['output_builtin'] is output_builtin)
    %}
    assert [output_ptr] = 3;
    let output_ptr = output_ptr + 1;
    return ();
}
