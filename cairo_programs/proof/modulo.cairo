// Both modulo builtins together with 96-bit range checks.
// flags: --layout dynamic --cairo_layout_params_file cairo_programs/builtins/layout_params/all.json --proof_mode
// compile: --proof_mode --no_debug_info
// expect: ok
%builtins output range_check96 add_mod mul_mod

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

func main{output_ptr: felt*, range_check96_ptr: felt*, add_mod_ptr: Gate*, mul_mod_ptr: Gate*}() {
    alloc_locals;
    let (local offsets: felt*) = new_segment();
    // (12 + 13) mod 23 = 2 and 2 * 12 mod 23 = 1, every number in range-checked cells.
    assert [cast(range_check96_ptr, UInt384*)] = UInt384(d0=12, d1=0, d2=0, d3=0);
    assert [cast(range_check96_ptr + 4, UInt384*)] = UInt384(d0=13, d1=0, d2=0, d3=0);
    assert [cast(range_check96_ptr + 8, UInt384*)] = UInt384(d0=2, d1=0, d2=0, d3=0);
    assert [cast(range_check96_ptr + 12, UInt384*)] = UInt384(d0=1, d1=0, d2=0, d3=0);
    assert offsets[0] = 0;
    assert offsets[1] = 4;
    assert offsets[2] = 8;
    assert offsets[3] = 8;
    assert offsets[4] = 0;
    assert offsets[5] = 12;
    assert add_mod_ptr[0] = Gate(
        p=UInt384(d0=23, d1=0, d2=0, d3=0),
        values_ptr=range_check96_ptr,
        offsets_ptr=offsets,
        n=1,
    );
    assert mul_mod_ptr[0] = Gate(
        p=UInt384(d0=23, d1=0, d2=0, d3=0),
        values_ptr=range_check96_ptr,
        offsets_ptr=offsets + 3,
        n=1,
    );
    assert output_ptr[0] = range_check96_ptr[8];
    assert output_ptr[1] = range_check96_ptr[12];
    let output_ptr = output_ptr + 2;
    let range_check96_ptr = range_check96_ptr + 16;
    let add_mod_ptr = add_mod_ptr + Gate.SIZE;
    let mul_mod_ptr = mul_mod_ptr + Gate.SIZE;
    return ();
}

// suite: record = ["stdout", "stderr", "trace", "memory"]
