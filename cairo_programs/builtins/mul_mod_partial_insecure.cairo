// An instance without its count: only a secure run minds.
// flags: --layout dynamic --cairo_layout_params_file cairo_programs/builtins/layout_params/all.json --no_secure_run
// compile: --no_debug_info
// expect: ok
%builtins mul_mod

struct UInt384 {
    d0: felt,
    d1: felt,
    d2: felt,
    d3: felt,
}

struct Gate {
    p: UInt384,
    values_ptr: felt*,
    offsets_ptr: felt*,
    n: felt,
}

func new_segment() -> (start: felt*) {
    %{ memory[ap] = segments.add() %}
    ap += 1;
    return (start=cast([ap - 1], felt*));
}

func main(mul_mod_ptr: Gate*) -> (mul_mod_ptr: felt*) {
    alloc_locals;
    let (local values: felt*) = new_segment();
    let (local offsets: felt*) = new_segment();
    assert mul_mod_ptr.p.d0 = 17;
    assert mul_mod_ptr.values_ptr = values;
    return (mul_mod_ptr=cast(mul_mod_ptr, felt*) + Gate.SIZE);
}
