// Every name the first hint can see.
// flags: --layout small
// expect: ok
%builtins output

func main{output_ptr: felt*}() {
    %{ print(sorted(globals())) %}
    assert [output_ptr] = 3;
    %{ print(sorted(globals())); print(__name__) %}
    let output_ptr = output_ptr + 1;
    return ();
}
