// The stop pointer is looked at also where nothing else is.
// flags: --layout small --no_secure_run
// expect: error 1
// message: Invalid stop pointer for pedersen. Expected: 2:3, found: 2:6
%builtins pedersen

func main(pedersen_ptr: felt*) -> (pedersen_ptr: felt*) {
    assert pedersen_ptr[0] = 1;
    assert pedersen_ptr[1] = 2;
    return (pedersen_ptr=pedersen_ptr + 6);
}
