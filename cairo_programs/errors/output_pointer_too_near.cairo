// flags: --layout small
// expect: error 1
// message: Invalid stop pointer for output. Expected: 2:1, found: 2:0
%builtins output

func main(output_ptr: felt*) -> (output_ptr: felt*) {
    assert [output_ptr] = 1;
    return (output_ptr=output_ptr);
}
