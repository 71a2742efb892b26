// Stopped in the middle of a function, builtins begun: an instance is half written.
// flags: --layout small --no_end --steps 9 --no_secure_run
// compile: --no_debug_info
// expect: ok
%builtins output pedersen

func main{output_ptr: felt*, pedersen_ptr: felt*}() {
    assert [output_ptr] = 7;
    let output_ptr = output_ptr + 1;
    hash();
    return ();
}

func hash{pedersen_ptr: felt*}() {
    assert pedersen_ptr[0] = 1;
    assert pedersen_ptr[1] = 2;
    [ap] = [pedersen_ptr + 2], ap++;
    let pedersen_ptr = pedersen_ptr + 3;
    return ();
}
