// No gates at all.
// flags: --layout dynamic --cairo_layout_params_file cairo_programs/builtins/layout_params/all.json
// expect: error 1
// message: At least one of add_mod and mul_mod must be given.
%builtins output add_mod mul_mod

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

func main{output_ptr: felt*, add_mod_ptr: Gate*, mul_mod_ptr: Gate*}() {
    alloc_locals;
    let (local values: felt*) = new_segment();
    let (local add_offsets: felt*) = new_segment();
    let (local mul_offsets: felt*) = new_segment();
    assert values[0] = 5;
    assert values[1] = 0;
    assert values[2] = 0;
    assert values[3] = 0;
    %{
        from starkware.cairo.lang.builtins.modulo.mod_builtin_runner import ModBuiltinRunner
        assert builtin_runners["add_mod_builtin"].instance_def.batch_size == 1
        ModBuiltinRunner.fill_memory(
            memory=memory,
            add_mod=(ids.add_mod_ptr.address_, builtin_runners["add_mod_builtin"], 0),
            mul_mod=(ids.mul_mod_ptr.address_, builtin_runners["mul_mod_builtin"], 0),
        )
    %}
    assert output_ptr[0] = values[0];
    let output_ptr = output_ptr + 1;
    let add_mod_ptr = add_mod_ptr + 0 * Gate.SIZE;
    let mul_mod_ptr = mul_mod_ptr + 0 * Gate.SIZE;
    return ();
}
