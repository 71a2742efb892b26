// The result is asserted before the inputs are known; it holds at the end.
// flags: --layout small
// compile: --no_debug_info
// expect: ok
%builtins pedersen

func main(pedersen_ptr: felt*) -> (pedersen_ptr: felt*) {
    assert pedersen_ptr[2] = 2089986280348253421170679821480865132823066470938446095505822317253594081284;
    assert pedersen_ptr[0] = 0;
    assert pedersen_ptr[1] = 0;
    return (pedersen_ptr=pedersen_ptr + 3);
}
