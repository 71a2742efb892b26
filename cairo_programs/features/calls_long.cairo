// Tens of thousands of steps on few ways of calls: a sum by a loop, twice in each frame of a recursion,
// with a range check of each.
// flags: --layout small
// compile: --no_debug_info
// expect: ok
// memory: no (ten thousands of lines)
// suite: inherit = false
// suite: record = ["stdout", "stderr"]
// suite: flags = "--print_output --print_info --print_segments"
%builtins output range_check

const LENGTH = 100;

func new_array() -> (array: felt*) {
    alloc_locals;
    local array: felt*;
    %{ ids.array = segments.add() %}
    tempvar at = array;
    tempvar left = LENGTH;

    fill:
    let at = cast([ap - 2], felt*);
    let left = [ap - 1];
    assert [at] = left * left;
    tempvar at = at + 1;
    tempvar left = left - 1;
    jmp fill if left != 0;
    return (array=array);
}

func sum(array: felt*) -> (sum: felt) {
    tempvar at = array;
    tempvar sum = 0;
    tempvar left = LENGTH;

    add:
    let at = cast([ap - 3], felt*);
    let sum = [ap - 2];
    let left = [ap - 1];
    tempvar value = [at];
    tempvar at = at + 1;
    tempvar sum = sum + value;
    tempvar left = left - 1;
    jmp add if left != 0;
    return (sum=[ap - 2]);
}

func rounds(range_check_ptr: felt, array: felt*, n: felt) -> (range_check_ptr: felt, total: felt) {
    alloc_locals;
    if (n == 0) {
        return (range_check_ptr=range_check_ptr, total=0);
    }
    let (local before) = sum(array);
    let (range_check_ptr, total) = rounds(range_check_ptr, array, n - 1);
    local total = total;
    let (after) = sum(array);
    assert [cast(range_check_ptr, felt*)] = before + after;
    return (range_check_ptr=range_check_ptr + 1, total=total + before + after);
}

func main(output_ptr: felt*, range_check_ptr: felt) -> (output_ptr: felt*, range_check_ptr: felt) {
    alloc_locals;
    let (local array) = new_array();
    let (range_check_ptr, total) = rounds(range_check_ptr, array, 60);
    assert [output_ptr] = total;
    return (output_ptr=output_ptr + 1, range_check_ptr=range_check_ptr);
}
