// flags: --layout small
// expect: error 1
%builtins output

func main(output_ptr: felt*) -> (output_ptr: felt*) {
    assert [output_ptr] = 1;
    return (output_ptr=cast(5, felt*));
}
