// An output is read before all inputs are there.
// flags: --layout starknet
// expect: error 1
// message: Unknown value for memory cell at address 2:5.
%builtins ec_op

func main(ec_op_ptr: felt*) -> (ec_op_ptr: felt*) {
    assert ec_op_ptr[0] = 1;
    [ap] = [ec_op_ptr + 5], ap++;
    return (ec_op_ptr=ec_op_ptr + 7);
}
