// A hundred instances, more than fit the steps that the program makes.
// flags: --layout recursive --proof_mode
// compile: --proof_mode
// expect: ok
%builtins output bitwise

func main{output_ptr: felt*, bitwise_ptr: felt*}() {
    let (x, y) = mix(2 ** 200 + 12345, 2 ** 100 - 1, 100);
    assert output_ptr[0] = x;
    assert output_ptr[1] = y;
    let output_ptr = output_ptr + 2;
    return ();
}

func mix{bitwise_ptr: felt*}(x: felt, y: felt, left: felt) -> (x: felt, y: felt) {
    if (left == 0) {
        return (x=x, y=y);
    }
    assert bitwise_ptr[0] = x;
    assert bitwise_ptr[1] = y + left;
    let both = bitwise_ptr[2];
    let one = bitwise_ptr[3];
    let bitwise_ptr = bitwise_ptr + 5;
    return mix(one, both, left - 1);
}

// suite: record = ["stdout", "stderr", "trace", "memory"]
