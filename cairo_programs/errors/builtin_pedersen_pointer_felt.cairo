// The stop pointer is a number.
// flags: --layout small
// expect: error 1
// message: Invalid stop pointer for pedersen. Expected: 2:0, found: 7
%builtins pedersen

func main(pedersen_ptr: felt*) -> (pedersen_ptr: felt*) {
    return (pedersen_ptr=cast(7, felt*));
}
