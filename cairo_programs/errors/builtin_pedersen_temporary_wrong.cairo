// The same with a wrong result: noticed at the end of the run.
// flags: --layout small
// expect: error 1
// message: Inconsistent auto deduction rule at address 2:2. 7 != 2592987851775965742543459319508348457290966253241455514226127639100457844774.
%builtins pedersen

func main(pedersen_ptr: felt*) -> (pedersen_ptr: felt*) {
    alloc_locals;
    local early: felt*;
    %{ ids.early = segments.add_temp_segment() %}
    assert early[0] = 1;
    assert early[1] = 2;
    assert early[2] = 7;
    %{ memory.add_relocation_rule(src_ptr=ids.early, dest_ptr=ids.pedersen_ptr) %}
    assert early = pedersen_ptr;
    return (pedersen_ptr=pedersen_ptr + 3);
}
