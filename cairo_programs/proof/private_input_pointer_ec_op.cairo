// An input of the EC operation builtin is a pointer, and nothing asks for its outputs.
// flags: --layout starknet_with_keccak --proof_mode
// compile: --proof_mode
// expect: ok
%builtins ec_op

func main(ec_op_ptr: felt*) -> (ec_op_ptr: felt*) {
    assert ec_op_ptr[0] = cast(ec_op_ptr, felt);
    assert ec_op_ptr[1] = 2;
    assert ec_op_ptr[2] = 3;
    assert ec_op_ptr[3] = 4;
    assert ec_op_ptr[4] = 5;
    return (ec_op_ptr=ec_op_ptr + 7);
}

// suite: record = ["stdout", "stderr", "trace", "memory"]
