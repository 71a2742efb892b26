// Pages and an attribute are set by a hint: none of it is seen in an ordinary run.
// flags: --layout starknet
// compile: --no_debug_info
// expect: ok
%builtins output

func main(output_ptr: felt*) -> (output_ptr: felt*) {
    assert output_ptr[0] = 1;
    assert output_ptr[1] = 2;
    assert output_ptr[2] = 3;
    %{
        output_builtin.add_page(page_id=1, page_start=ids.output_ptr + 1, page_size=2)
        output_builtin.add_attribute("kind", {"sizes": [1, 2]})
        print(output_builtin.base, output_builtin.pages[1].start, output_builtin.pages[1].size)
    %}
    return (output_ptr=output_ptr + 3);
}
