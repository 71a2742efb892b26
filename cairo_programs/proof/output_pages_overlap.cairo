// A cell on two pages.
// flags: --layout small --proof_mode
// compile: --proof_mode
// expect: error 1
// message: Offset 1 was already assigned a page.
%builtins output

func main(output_ptr: felt*) -> (output_ptr: felt*) {
    assert output_ptr[0] = 1;
    assert output_ptr[1] = 1;
    %{
        output_builtin.add_page(page_id=3, page_start=ids.output_ptr, page_size=2)
        output_builtin.add_page(page_id=4, page_start=ids.output_ptr + 1, page_size=1)
    %}
    return (output_ptr=output_ptr + 2);
}
