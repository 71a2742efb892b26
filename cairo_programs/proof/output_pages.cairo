// Pages of the public memory, one behind the other and apart.
// flags: --layout small --proof_mode
// compile: --proof_mode
// expect: ok
%builtins output

func main(output_ptr: felt*) -> (output_ptr: felt*) {
    fill(output_ptr, 12);
    %{
        output_builtin.add_page(page_id=2, page_start=ids.output_ptr + 9, page_size=2)
        output_builtin.add_page(page_id=1, page_start=ids.output_ptr + 2, page_size=3)
        output_builtin.add_page(page_id=7, page_start=ids.output_ptr + 5, page_size=1)
    %}
    return (output_ptr=output_ptr + 12);
}

func fill(at: felt*, left: felt) {
    if (left == 0) {
        return ();
    }
    assert at[0] = left * left;
    return fill(at + 1, left - 1);
}

// suite: record = ["stdout", "stderr", "trace", "memory"]
