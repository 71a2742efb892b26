// What was printed before the failure stays printed.
// flags: --layout small
// expect: error 1
// message: KeyError
%builtins output

func main(output_ptr: felt*) -> (output_ptr: felt*) {
    assert [output_ptr] = 1;
    %{ print('first') %}
    [ap] = 1, ap++;
    %{ print('second', end='') %}
    [ap] = 1, ap++;
    %{ {}['third'] %}
    [ap] = 1, ap++;
    return (output_ptr=output_ptr + 1);
}
