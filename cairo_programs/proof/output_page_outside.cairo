// A page that the output does not reach.
// flags: --layout small --proof_mode
// compile: --proof_mode
// expect: error 1
// message: Page 3 is out of bounds.
%builtins output

func main(output_ptr: felt*) -> (output_ptr: felt*) {
    assert output_ptr[0] = 1;
    %{ output_builtin.add_page(page_id=3, page_start=ids.output_ptr, page_size=2) %}
    return (output_ptr=output_ptr + 1);
}
