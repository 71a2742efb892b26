// flags: --layout dynamic --cairo_layout_params_file cairo_programs/builtins/layout_params/all.json
// expect: error 1
// message: Invalid stop pointer for range_check96. Expected: 2:1, found: 2:0
%builtins range_check96

func main(range_check96_ptr: felt*) -> (range_check96_ptr: felt*) {
    assert range_check96_ptr[0] = 5;
    return (range_check96_ptr=range_check96_ptr);
}
