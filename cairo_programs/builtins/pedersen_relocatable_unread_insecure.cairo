// A pointer as input, the result unread: nobody notices where nothing is checked.
// flags: --layout dex --no_secure_run
// compile: --no_debug_info
// expect: ok
%builtins pedersen

func main(pedersen_ptr: felt*) -> (pedersen_ptr: felt*) {
    assert pedersen_ptr[0] = cast(pedersen_ptr + 3, felt);
    assert pedersen_ptr[1] = 1;
    return (pedersen_ptr=pedersen_ptr + 3);
}
