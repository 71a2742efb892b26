// flags: --layout dynamic --cairo_layout_params_file cairo_programs/builtins/layout_params/all.json
// compile: --no_debug_info
// expect: ok
%builtins add_mod

func main(add_mod_ptr: felt*) -> (add_mod_ptr: felt*) {
    return (add_mod_ptr=add_mod_ptr);
}
