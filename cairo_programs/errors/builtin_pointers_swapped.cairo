// Each stop pointer in the place of the other: the last is looked at first.
// flags: --layout small
// expect: error 1
// message: Invalid stop pointer for range_check. Expected: 3:0, found: 2:0
%builtins pedersen range_check

func main(pedersen_ptr: felt*, range_check_ptr: felt*) -> (
    pedersen_ptr: felt*, range_check_ptr: felt*
) {
    return (pedersen_ptr=range_check_ptr, range_check_ptr=pedersen_ptr);
}
