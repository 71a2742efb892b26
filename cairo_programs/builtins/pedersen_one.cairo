// One hash with a value known from elsewhere.
// flags: --layout small
// compile: --no_debug_info
// expect: ok
%builtins pedersen

func main(pedersen_ptr: felt*) -> (pedersen_ptr: felt*) {
    assert pedersen_ptr[0] = 1;
    assert pedersen_ptr[1] = 2;
    assert pedersen_ptr[2] = 2592987851775965742543459319508348457290966253241455514226127639100457844774;
    return (pedersen_ptr=pedersen_ptr + 3);
}
