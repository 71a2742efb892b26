// Two circuits of multiplications.
// flags: --layout dynamic --cairo_layout_params_file cairo_programs/builtins/layout_params/all.json --proof_mode
// compile: --proof_mode --no_debug_info
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
    assert values[0] = 5;
    assert values[1] = 0;
    assert values[2] = 0;
    assert values[3] = 0;
    assert values[4] = 6;
    assert values[5] = 0;
    assert values[6] = 0;
    assert values[7] = 0;
    assert values[8] = 30;
    assert values[9] = 0;
    assert values[10] = 0;
    assert values[11] = 0;
    assert offsets[0] = 0;
    assert offsets[1] = 4;
    assert offsets[2] = 8;
    assert mul_mod_ptr[0] = Gate(
        p=UInt384(d0=17, d1=0, d2=0, d3=0),
        values_ptr=values,
        offsets_ptr=offsets,
        n=1,
    );
    assert mul_mod_ptr[1] = Gate(
        p=UInt384(d0=1, d1=0, d2=0, d3=0),
        values_ptr=values,
        offsets_ptr=offsets,
        n=1,
    );
    return (mul_mod_ptr=cast(mul_mod_ptr, felt*) + 2 * Gate.SIZE);
}

// suite: record = ["stdout", "stderr", "trace", "memory"]
