// The least and the greatest value that are allowed.
// flags: --layout dynamic --cairo_layout_params_file cairo_programs/builtins/layout_params/all.json
// compile: --no_debug_info
// expect: ok
%builtins range_check96

func main(range_check96_ptr: felt*) -> (range_check96_ptr: felt*) {
    assert range_check96_ptr[0] = 0;
    assert range_check96_ptr[1] = 1;
    assert range_check96_ptr[2] = 2 ** 96 - 1;
    assert range_check96_ptr[3] = range_check96_ptr[2] - range_check96_ptr[1];
    return (range_check96_ptr=range_check96_ptr + 4);
}
