// builtin_selection: which builtins a task uses, guessed by hints.
// flags: --layout small
// expect: ok
%builtins output range_check

from starkware.cairo.builtin_selection.select_input_builtins import select_input_builtins
from starkware.cairo.common.alloc import alloc
from starkware.cairo.common.serialize import serialize_word

func main{output_ptr: felt*, range_check_ptr}() {
    alloc_locals;
    let (local all_encodings) = alloc();
    let (local all_ptrs) = alloc();
    let (local selected) = alloc();
    %{
        segments.write_arg(ids.all_encodings, [1, 2, 3, 4])
        segments.write_arg(ids.all_ptrs, [100, 200, 300, 400])
        segments.write_arg(ids.selected, [2, 4])
    %}
    select_input_builtins(all_encodings, all_ptrs, 4, selected, 2);
    local second = [ap - 1];
    serialize_word(second);
    return ();
}
