// A secure run wants the stop pointers, which are not read.
// flags: --layout small --no_end --steps 2
// expect: error 1
// message: range_check segment stop ptr is None.
%builtins range_check

func main(range_check_ptr: felt*) -> (range_check_ptr: felt*) {
    assert range_check_ptr[0] = 1;
    return (range_check_ptr=range_check_ptr + 1);
}
