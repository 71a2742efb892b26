// The value comes from a hint.
// flags: --layout dynamic --cairo_layout_params_file cairo_programs/builtins/layout_params/all.json
// expect: error 1
// message: is out of range [0, 79228162514264337593543950336).
%builtins range_check96

func main(range_check96_ptr: felt*) -> (range_check96_ptr: felt*) {
    %{ memory[ids.range_check96_ptr] = 2 ** 100 %}
    return (range_check96_ptr=range_check96_ptr + 1);
}
