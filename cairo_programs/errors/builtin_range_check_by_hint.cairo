// Written by a hint.
// flags: --layout starknet
// expect: error 1
// message: in range check builtin 0, is out of range
%builtins range_check

func main(range_check_ptr: felt*) -> (range_check_ptr: felt*) {
    %{ memory[ids.range_check_ptr] = 2 ** 200 %}
    return (range_check_ptr=range_check_ptr + 1);
}
