// A sum that stays too large when the modulus is taken off once.
// flags: --layout dynamic --cairo_layout_params_file cairo_programs/builtins/layout_params/all.json
// expect: error 1
// message: add_mod builtin: Expected a <built-in function add> b - 1 * p <= 39402006196394479212279040100143613805079739270465446667948293404245721771497210611414266254884915640806627990306815. Got: values=[39402006196394479212279040100143613805079739270465446667948293404245721771497210611414266254884915640806627990306815, 39402006196394479212279040100143613805079739270465446667948293404245721771497210611414266254884915640806627990306815, None], p=23.
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
    assert values[0] = 79228162514264337593543950335;
    assert values[1] = 79228162514264337593543950335;
    assert values[2] = 79228162514264337593543950335;
    assert values[3] = 79228162514264337593543950335;
    assert values[4] = 79228162514264337593543950335;
    assert values[5] = 79228162514264337593543950335;
    assert values[6] = 79228162514264337593543950335;
    assert values[7] = 79228162514264337593543950335;
    assert add_offsets[0] = 0;
    assert add_offsets[1] = 4;
    assert add_offsets[2] = 8;
    assert add_mod_ptr[0] = Gate(
        p=UInt384(d0=23, d1=0, d2=0, d3=0),
        values_ptr=values,
        offsets_ptr=add_offsets,
        n=1,
    );
    %{
        from starkware.cairo.lang.builtins.modulo.mod_builtin_runner import ModBuiltinRunner
        assert builtin_runners["add_mod_builtin"].instance_def.batch_size == 1
        ModBuiltinRunner.fill_memory(
            memory=memory,
            add_mod=(ids.add_mod_ptr.address_, builtin_runners["add_mod_builtin"], 1),
            mul_mod=(ids.mul_mod_ptr.address_, builtin_runners["mul_mod_builtin"], 0),
        )
    %}
    assert output_ptr[0] = values[8];
    let output_ptr = output_ptr + 1;
    let add_mod_ptr = add_mod_ptr + 1 * Gate.SIZE;
    let mul_mod_ptr = mul_mod_ptr + 0 * Gate.SIZE;
    return ();
}
