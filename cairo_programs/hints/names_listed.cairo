// The order of all names in a scope over several hints, with variables made in between.
// flags: --layout small
// expect: ok
%builtins output

func main{output_ptr: felt*}() {
    %{
        first = 1
        print([name for name in globals() if not name.startswith('__b')])
    %}
    [ap] = 1, ap++;
    %{
        second = 2
        del first
        print([name for name in globals() if not name.startswith('__b')])
    %}
    [ap] = 2, ap++;
    %{
        vm_enter_scope(dict(globals()))
        third = 3
    %}
    [ap] = 3, ap++;
    %{
        print([name for name in globals() if not name.startswith('__b')])
        vm_exit_scope()
    %}
    [ap] = 4, ap++;
    %{ print([name for name in list(globals()) if not name.startswith('__b')], third) %}
    assert [output_ptr] = 1;
    let output_ptr = output_ptr + 1;
    return ();
}
