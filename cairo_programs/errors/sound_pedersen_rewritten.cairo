// A hint changes a hash after the program has it.
// flags: --layout small
// expect: error 1
// message: A hint has changed the cell at 2:2
%builtins pedersen

func main{pedersen_ptr: felt*}() {
    assert pedersen_ptr[0] = 1;
    assert pedersen_ptr[1] = 2;
    tempvar hash = pedersen_ptr[2];
    %{ memory.data[ids.pedersen_ptr + 2] = 5 %}
    let pedersen_ptr = pedersen_ptr + 3;
    return ();
}

// reference: ok
