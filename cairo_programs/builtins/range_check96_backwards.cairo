// Written from the last cell to the first.
// flags: --layout dynamic --cairo_layout_params_file cairo_programs/builtins/layout_params/all.json
// compile: --no_debug_info
// expect: ok
%builtins range_check96

func main(range_check96_ptr: felt*) -> (range_check96_ptr: felt*) {
    assert range_check96_ptr[3] = 4;
    assert range_check96_ptr[2] = 3;
    assert range_check96_ptr[1] = 2;
    assert range_check96_ptr[0] = 1;
    return (range_check96_ptr=range_check96_ptr + 4);
}
