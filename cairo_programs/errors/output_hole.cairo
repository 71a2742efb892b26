// A hole in the output: the stop pointer counts the cells up to the last one.
// flags: --layout small
// expect: error 1
// message: Invalid stop pointer for output. Expected: 2:4, found: 2:2
%builtins output

func main(output_ptr: felt*) -> (output_ptr: felt*) {
    assert output_ptr[0] = 1;
    assert output_ptr[3] = 1;
    return (output_ptr=output_ptr + 2);
}
