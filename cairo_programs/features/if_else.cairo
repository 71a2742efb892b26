// Nested `if`, comparisons with zero and between variables, branches with different use of ap.
// flags: --layout small
// compile: --no_debug_info
// expect: ok
%builtins output

func sign_name(x: felt, y: felt) -> (name: felt) {
    if (x == y) {
        if (x == 0) {
            return (name='both zero');
        } else {
            return (name='same');
        }
    }
    if (x != 0) {
        tempvar a = x + y;
        tempvar b = a * a;
        if (b == 25) {
            return (name='square is 25');
        }
        return (name='other');
    } else {
        return (name='zero first');
    }
}

func main{output_ptr: felt*}() {
    alloc_locals;
    let (a) = sign_name(0, 0);
    assert output_ptr[0] = a;
    let (a) = sign_name(4, 4);
    assert output_ptr[1] = a;
    let (a) = sign_name(2, 3);
    assert output_ptr[2] = a;
    let (a) = sign_name(-2, -3);
    assert output_ptr[3] = a;
    let (a) = sign_name(7, 1);
    assert output_ptr[4] = a;
    let (a) = sign_name(0, 1);
    assert output_ptr[5] = a;
    let output_ptr = output_ptr + 6;
    return ();
}
