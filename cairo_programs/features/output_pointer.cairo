// Pointers in the output: into the output segment itself and into another segment.
// flags: --layout small
// compile: --no_debug_info
// expect: ok
%builtins output

func main(output_ptr: felt*) -> (output_ptr: felt*) {
    assert output_ptr[0] = cast(output_ptr, felt);
    assert output_ptr[1] = [fp - 2];
    assert output_ptr[2] = cast(output_ptr + 40, felt);
    return (output_ptr=output_ptr + 3);
}
