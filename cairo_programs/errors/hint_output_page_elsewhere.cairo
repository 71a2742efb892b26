// A page that is not in the output.
// flags: --layout small
// expect: error 1
%builtins output

func main{output_ptr: felt*}() {
    %{ output_builtin.add_page(1, fp, 1) %}
    assert output_ptr[0] = 1;
    let output_ptr = output_ptr + 1;
    return ();
}
