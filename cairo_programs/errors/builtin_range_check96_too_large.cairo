// flags: --layout dynamic --cairo_layout_params_file cairo_programs/builtins/layout_params/all.json
// expect: error 1
// message: Value 79228162514264337593543950336, in range check builtin 1, is out of range [0, 79228162514264337593543950336).
%builtins range_check96

func main(range_check96_ptr: felt*) -> (range_check96_ptr: felt*) {
    assert range_check96_ptr[0] = 1;
    assert range_check96_ptr[1] = 2 ** 96;
    return (range_check96_ptr=range_check96_ptr + 2);
}
