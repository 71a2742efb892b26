// A cell beyond the stop pointer.
// flags: --layout dynamic --cairo_layout_params_file cairo_programs/builtins/layout_params/all.json
// expect: error 1
// message: Invalid stop pointer for range_check96. Expected: 2:2, found: 2:1
%builtins range_check96

func main(range_check96_ptr: felt*) -> (range_check96_ptr: felt*) {
    assert range_check96_ptr[0] = 5;
    assert range_check96_ptr[1] = 7;
    return (range_check96_ptr=range_check96_ptr + 1);
}
