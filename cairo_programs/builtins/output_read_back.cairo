// What was written is read again, and a cell is asserted twice.
// flags: --layout recursive_large_output
// compile: --no_debug_info
// expect: ok
%builtins output

func main(output_ptr: felt*) -> (output_ptr: felt*) {
    assert output_ptr[0] = 6;
    assert output_ptr[1] = output_ptr[0] * 7;
    assert output_ptr[0] = 6;
    return (output_ptr=output_ptr + 2);
}
