// A word of a modulus is a pointer.
// flags: --layout dynamic --cairo_layout_params_file cairo_programs/builtins/layout_params/all.json --proof_mode
// compile: --proof_mode
// expect: ok
%builtins add_mod

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

func main(add_mod_ptr: Gate*) -> (add_mod_ptr: felt*) {
    alloc_locals;
    let (local values: felt*) = new_segment();
    let (local offsets: felt*) = new_segment();
    assert values[0] = 3;
    assert values[1] = 0;
    assert values[2] = 0;
    assert values[3] = 0;
    assert values[4] = 4;
    assert values[5] = 0;
    assert values[6] = 0;
    assert values[7] = 0;
    assert values[8] = 7;
    assert values[9] = 0;
    assert values[10] = 0;
    assert values[11] = 0;
    assert offsets[0] = 0;
    assert offsets[1] = 4;
    assert offsets[2] = 8;
    assert add_mod_ptr.p.d0 = 17;
    assert add_mod_ptr.p.d1 = cast(values, felt);
    assert add_mod_ptr.p.d2 = 0;
    assert add_mod_ptr.p.d3 = 0;
    assert add_mod_ptr.values_ptr = values;
    assert add_mod_ptr.offsets_ptr = offsets;
    assert add_mod_ptr.n = 1;
    return (add_mod_ptr=cast(add_mod_ptr, felt*) + Gate.SIZE);
}

// suite: record = ["stdout", "stderr", "trace", "memory"]
