// Hashes and bit operations together.
// flags: --layout recursive --proof_mode
// compile: --proof_mode
// expect: ok
%builtins pedersen range_check bitwise

func main{pedersen_ptr: felt*, range_check_ptr, bitwise_ptr: felt*}() {
    mix(1, 25);
    return ();
}

func mix{pedersen_ptr: felt*, range_check_ptr, bitwise_ptr: felt*}(value: felt, left: felt) {
    if (left == 0) {
        return ();
    }
    assert pedersen_ptr[0] = value;
    assert pedersen_ptr[1] = left;
    assert bitwise_ptr[0] = value + 2 ** 120;
    assert bitwise_ptr[1] = 2 ** 128 - 1;
    let masked = bitwise_ptr[2];
    assert [range_check_ptr] = masked;
    let pedersen_ptr = pedersen_ptr + 3;
    let range_check_ptr = range_check_ptr + 1;
    let bitwise_ptr = bitwise_ptr + 5;
    return mix(masked - 2 ** 120 + left, left - 1);
}

// suite: record = ["stdout", "stderr", "trace", "memory"]
