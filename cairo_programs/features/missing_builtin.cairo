// A builtin that the layout lacks: the pointer is 0 and must be 0 at the end.
// flags: --layout small --allow_missing_builtins
// compile: --no_debug_info
// expect: ok
%builtins output keccak

func main{output_ptr: felt*, keccak_ptr: felt*}() {
    assert output_ptr[0] = cast(keccak_ptr, felt) + 5;
    let output_ptr = output_ptr + 1;
    return ();
}
