// flags: --layout dynamic --cairo_layout_params_file cairo_programs/builtins/layout_params/all.json
// compile: --no_debug_info
// expect: ok
%builtins mul_mod

func main(mul_mod_ptr: felt*) -> (mul_mod_ptr: felt*) {
    return (mul_mod_ptr=mul_mod_ptr);
}
