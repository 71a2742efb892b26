// An output segment with a hole: a cell that was skipped is printed as missing.
// flags: --layout small --no_secure_run
// compile: --no_debug_info
// expect: ok
%builtins output

func main(output_ptr: felt*) -> (output_ptr: felt*) {
    assert output_ptr[0] = 1;
    assert output_ptr[3] = 4;
    return (output_ptr=output_ptr + 4);
}
