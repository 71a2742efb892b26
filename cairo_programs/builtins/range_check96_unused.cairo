// flags: --layout dynamic --cairo_layout_params_file cairo_programs/builtins/layout_params/all.json
// compile: --no_debug_info
// expect: ok
%builtins range_check96

func main(range_check96_ptr: felt*) -> (range_check96_ptr: felt*) {
    return (range_check96_ptr=range_check96_ptr);
}
