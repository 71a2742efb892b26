// Circuits of the modulo builtins that a hint fills in.
// flags: --layout all_cairo
// expect: ok
// compare: no (no named layout of the reference has the modulo builtins)
%builtins output range_check96 add_mod mul_mod

from starkware.cairo.common.alloc import alloc
from starkware.cairo.common.cairo_builtins import ModBuiltin, UInt384
from starkware.cairo.common.serialize import serialize_word

func main{
    output_ptr: felt*, range_check96_ptr: felt*, add_mod_ptr: ModBuiltin*, mul_mod_ptr: ModBuiltin*
}() {
    alloc_locals;
    // The values are x, y, x * y, x * y + y and, from the last gate, y / x.
    local values: UInt384* = cast(range_check96_ptr, UInt384*);
    let range_check96_ptr = range_check96_ptr + 5 * UInt384.SIZE;
    assert values[0] = UInt384(5, 0, 0, 1);
    assert values[1] = UInt384(-1 + 2 ** 90, 7, 0, 0);
    let (local sums) = alloc();
    let (local products) = alloc();
    %{
        segments.write_arg(ids.sums, [8, 4, 12])
        segments.write_arg(ids.products, [0, 4, 8, 0, 16, 4])
    %}
    local p: UInt384 = UInt384(2 ** 96 - 17, 2 ** 96 - 1, 2 ** 96 - 1, 2 ** 95);
    assert add_mod_ptr[0] = ModBuiltin(p=p, values_ptr=values, offsets_ptr=sums, n=1);
    assert mul_mod_ptr[0] = ModBuiltin(p=p, values_ptr=values, offsets_ptr=products, n=2);
    %{
        from starkware.cairo.lang.builtins.modulo.mod_builtin_runner import ModBuiltinRunner

        def fill(additions, multiplications):
            ModBuiltinRunner.fill_memory(
                memory=memory,
                add_mod=(ids.add_mod_ptr.address_, builtin_runners['add_mod_builtin'], additions),
                mul_mod=(ids.mul_mod_ptr.address_, builtin_runners['mul_mod_builtin'], multiplications),
            )
        for refused in ((0, 0), (100001, 0)):
            try:
                fill(*refused)
            except AssertionError as error:
                print(error)
        fill(1, 2)

        def number(index):
            words = memory.get_range(ids.values.address_ + 4 * index, 4)
            return sum(word << (96 * place) for place, word in enumerate(words))
        modulus = ids.p.d0 + (ids.p.d1 << 96) + (ids.p.d2 << 192) + (ids.p.d3 << 288)
        x, y, product, total, quotient = map(number, range(5))
        print(x * y % modulus == product, (product + y) % modulus == total)
        print(quotient * x % modulus == y % modulus)
    %}
    serialize_word(values[2].d0);
    serialize_word(values[3].d0);
    let add_mod_ptr = add_mod_ptr + ModBuiltin.SIZE;
    let mul_mod_ptr = mul_mod_ptr + 2 * ModBuiltin.SIZE;
    return ();
}
