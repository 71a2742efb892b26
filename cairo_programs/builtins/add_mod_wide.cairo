// Numbers of all four words.
// flags: --layout dynamic --cairo_layout_params_file cairo_programs/builtins/layout_params/all.json
// compile: --no_debug_info
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
    assert values[0] = 2 ** 96 - 1;
    assert values[1] = 2 ** 96 - 1;
    assert values[2] = 2 ** 96 - 1;
    assert values[3] = 2 ** 95 - 1;
    assert values[4] = 2;
    assert values[5] = 0;
    assert values[6] = 0;
    assert values[7] = 0;
    assert values[8] = 1;
    assert values[9] = 0;
    assert values[10] = 0;
    assert values[11] = 2 ** 95;
    assert offsets[0] = 0;
    assert offsets[1] = 4;
    assert offsets[2] = 8;
    assert add_mod_ptr[0] = Gate(
        p=UInt384(d0=2 ** 96 - 1, d1=2 ** 96 - 1, d2=2 ** 96 - 1, d3=2 ** 95),
        values_ptr=values,
        offsets_ptr=offsets,
        n=1,
    );
    return (add_mod_ptr=cast(add_mod_ptr, felt*) + Gate.SIZE);
}
