// A circuit of additions and multiplications modulo a prime, filled in by the library.
// flags: --layout dynamic --cairo_layout_params_file cairo_programs/builtins/layout_params/all.json
// expect: ok
%builtins output range_check96 add_mod mul_mod

from starkware.cairo.common.alloc import alloc
from starkware.cairo.common.cairo_builtins import ModBuiltin, UInt384
from starkware.cairo.common.modulo import run_mod_p_circuit
from starkware.cairo.common.serialize import serialize_word

func main{
    output_ptr: felt*, range_check96_ptr: felt*, add_mod_ptr: ModBuiltin*, mul_mod_ptr: ModBuiltin*
}() {
    alloc_locals;
    // x = 3, y = 5, x + y, (x + y) * x, its quotient by y.
    let values = cast(range_check96_ptr, UInt384*);
    assert values[0] = UInt384(d0=3, d1=0, d2=0, d3=0);
    assert values[1] = UInt384(d0=5, d1=0, d2=0, d3=0);
    let (local add_offsets: felt*) = alloc();
    assert add_offsets[0] = 0;
    assert add_offsets[1] = 4;
    assert add_offsets[2] = 8;
    let (local mul_offsets: felt*) = alloc();
    assert mul_offsets[0] = 8;
    assert mul_offsets[1] = 0;
    assert mul_offsets[2] = 12;
    assert mul_offsets[3] = 16;
    assert mul_offsets[4] = 4;
    assert mul_offsets[5] = 12;
    // 2^255 - 19.
    let p = UInt384(d0=2 ** 96 - 19, d1=2 ** 96 - 1, d2=2 ** 63 - 1, d3=0);
    run_mod_p_circuit(
        p=p,
        values_ptr=values,
        add_mod_offsets_ptr=add_offsets,
        add_mod_n=1,
        mul_mod_offsets_ptr=mul_offsets,
        mul_mod_n=2,
    );
    serialize_word(values[2].d0);
    serialize_word(values[3].d0);
    serialize_word(values[4].d0);
    serialize_word(values[4].d2);
    let range_check96_ptr = range_check96_ptr + 5 * UInt384.SIZE;
    return ();
}
