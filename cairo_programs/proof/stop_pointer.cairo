// The stop pointers are checked as elsewhere.
// flags: --layout small --proof_mode
// compile: --proof_mode
// expect: error 1
// message: Invalid stop pointer for output.
%builtins output

func main(output_ptr: felt*) -> (output_ptr: felt*) {
    assert output_ptr[0] = 1;
    return (output_ptr=output_ptr);
}
