// The wrong result is there before the inputs: noticed at the end of the run.
// flags: --layout small
// expect: error 1
// message: Inconsistent auto deduction rule at address 2:2. 5 != 2592987851775965742543459319508348457290966253241455514226127639100457844774.
%builtins pedersen

func main(pedersen_ptr: felt*) -> (pedersen_ptr: felt*) {
    assert pedersen_ptr[2] = 5;
    assert pedersen_ptr[0] = 1;
    assert pedersen_ptr[1] = 2;
    return (pedersen_ptr=pedersen_ptr + 3);
}
