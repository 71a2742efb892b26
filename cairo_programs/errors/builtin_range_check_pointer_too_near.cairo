// The stop pointer is the start: the instance is not counted.
// flags: --layout recursive
// expect: error 1
// message: Invalid stop pointer for range_check. Expected: 2:1, found: 2:0
%builtins range_check

func main(range_check_ptr: felt*) -> (range_check_ptr: felt*) {
    assert range_check_ptr[0] = 1;
    return (range_check_ptr=range_check_ptr);
}
