// Functions called by their address.
// flags: --layout small
// expect: ok
%builtins output

from starkware.cairo.common.alloc import alloc
from starkware.cairo.common.invoke import invoke
from starkware.cairo.common.registers import get_ap, get_fp_and_pc, get_label_location
from starkware.cairo.common.serialize import serialize_word

func weighted(x: felt, y: felt) -> (res: felt) {
    return (res=2 * x + 3 * y);
}

numbers:
dw 10;
dw 20;
dw 30;

func main{output_ptr: felt*}() {
    alloc_locals;
    let (local arguments: felt*) = alloc();
    assert arguments[0] = 3;
    assert arguments[1] = 4;
    let (function) = get_label_location(weighted);
    invoke(function, 2, arguments);
    local result = [ap - 1];
    let (__fp__, _) = get_fp_and_pc();
    let (top: felt*) = get_ap();
    local distance = top - cast(__fp__, felt*);
    let (table) = get_label_location(numbers);
    local third = table[2];
    serialize_word(result);
    serialize_word(distance);
    serialize_word(third);
    return ();
}
