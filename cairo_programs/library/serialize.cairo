// Arrays and sums by functions that are passed on.
// flags: --layout small
// expect: ok
%builtins output

from starkware.cairo.common.alloc import alloc
from starkware.cairo.common.registers import get_label_location
from starkware.cairo.common.serialize import array_rfold, serialize_array, serialize_word

func serialize_pair{output_ptr: felt*}(pair: felt*) {
    serialize_word(pair[1]);
    serialize_word(pair[0]);
    return ();
}

func add_one(value: felt, element: felt*) -> (res: felt) {
    return (res=2 * value + element[0]);
}

func main{output_ptr: felt*}() {
    alloc_locals;
    let (local array: felt*) = alloc();
    assert array[0] = 3;
    assert array[1] = 5;
    assert array[2] = 7;
    assert array[3] = 11;
    assert array[4] = 13;
    assert array[5] = 17;
    let (callback) = get_label_location(serialize_pair);
    serialize_array(array, 3, 2, callback);
    let (adder) = get_label_location(add_one);
    let (sum) = array_rfold(100, array, 6, 1, adder);
    serialize_word(sum);
    return ();
}
