// P = Q.
// flags: --layout starknet
// expect: error 1
// message: Cannot apply EC operation: computation reached two points with the same x coordinate.
%builtins ec_op

func main(ec_op_ptr: felt*) -> (ec_op_ptr: felt*) {
    assert ec_op_ptr[0] = 874739451078007766457464989774322083649278607533249481151382481072868806602;
    assert ec_op_ptr[1] = 152666792071518830868575557812948353041420400780739481342941381225525861407;
    assert ec_op_ptr[2] = 874739451078007766457464989774322083649278607533249481151382481072868806602;
    assert ec_op_ptr[3] = 152666792071518830868575557812948353041420400780739481342941381225525861407;
    assert ec_op_ptr[4] = 1;
    [ap] = [ec_op_ptr + 5], ap++;
    return (ec_op_ptr=ec_op_ptr + 7);
}
