// A cell before the segment of the builtin: the offset is taken modulo the prime.
// flags: --layout small
// expect: error 1
%builtins range_check

func main(range_check_ptr: felt*) -> (range_check_ptr: felt*) {
    assert range_check_ptr[-1] = 1;
    assert range_check_ptr[0] = 1;
    return (range_check_ptr=range_check_ptr + 1);
}
