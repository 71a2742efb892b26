// The gates in the private input, and the address of the zero segment.
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
    assert values[12] = 11;
    assert values[13] = 0;
    assert values[14] = 0;
    assert values[15] = 0;
    assert values[16] = 5;
    assert values[17] = 0;
    assert values[18] = 0;
    assert values[19] = 0;
    assert offsets[0] = 0;
    assert offsets[1] = 4;
    assert offsets[2] = 8;
    assert offsets[3] = 8;
    assert offsets[4] = 4;
    assert offsets[5] = 12;
    assert offsets[6] = 12;
    assert offsets[7] = 12;
    assert offsets[8] = 16;
    assert add_mod_ptr[0] = Gate(
        p=UInt384(d0=17, d1=0, d2=0, d3=0),
        values_ptr=values,
        offsets_ptr=offsets,
        n=3,
    );
    assert add_mod_ptr[1] = Gate(
        p=UInt384(d0=17, d1=0, d2=0, d3=0),
        values_ptr=values,
        offsets_ptr=offsets + 3,
        n=2,
    );
    assert add_mod_ptr[2] = Gate(
        p=UInt384(d0=17, d1=0, d2=0, d3=0),
        values_ptr=values,
        offsets_ptr=offsets + 6,
        n=1,
    );
    return (add_mod_ptr=cast(add_mod_ptr, felt*) + 3 * Gate.SIZE);
}

// suite: record = ["stdout", "stderr", "trace", "memory"]
