// A cell left out: only a secure run minds.
// flags: --layout dynamic --cairo_layout_params_file cairo_programs/builtins/layout_params/all.json --no_secure_run
// compile: --no_debug_info
// expect: ok
%builtins range_check96

func main(range_check96_ptr: felt*) -> (range_check96_ptr: felt*) {
    assert range_check96_ptr[0] = 5;
    assert range_check96_ptr[2] = 7;
    return (range_check96_ptr=range_check96_ptr + 3);
}
