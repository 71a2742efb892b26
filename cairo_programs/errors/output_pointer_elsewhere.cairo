// flags: --layout small
// expect: error 1
// message: Invalid stop pointer for output
%builtins output

func main(output_ptr: felt*) -> (output_ptr: felt*) {
    assert [output_ptr] = 1;
    return (output_ptr=cast([fp - 2], felt*) + 1);
}
