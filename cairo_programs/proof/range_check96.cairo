// Both range check builtins.
// flags: --layout dynamic --cairo_layout_params_file cairo_programs/builtins/layout_params/all.json --proof_mode
// compile: --proof_mode
// expect: ok
%builtins range_check range_check96

func main{range_check_ptr: felt*, range_check96_ptr: felt*}() {
    assert range_check_ptr[0] = 2 ** 96;
    assert range_check96_ptr[0] = range_check_ptr[0] - 1;
    let range_check_ptr = range_check_ptr + 1;
    let range_check96_ptr = range_check96_ptr + 1;
    return ();
}

// suite: record = ["stdout", "stderr", "trace", "memory"]
