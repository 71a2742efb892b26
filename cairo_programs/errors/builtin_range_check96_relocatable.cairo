// flags: --layout dynamic --cairo_layout_params_file cairo_programs/builtins/layout_params/all.json
// expect: error 1
// message: Expected value at address
%builtins range_check96

func main(range_check96_ptr: felt*) -> (range_check96_ptr: felt*) {
    assert range_check96_ptr[0] = cast(range_check96_ptr, felt);
    return (range_check96_ptr=range_check96_ptr + 1);
}
