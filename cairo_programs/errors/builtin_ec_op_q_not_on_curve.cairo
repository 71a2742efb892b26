// flags: --layout all_solidity
// expect: error 1
// message: ec_op builtin: point (2, 3) is not on the curve.
%builtins ec_op

func main(ec_op_ptr: felt*) -> (ec_op_ptr: felt*) {
    assert ec_op_ptr[0] = 874739451078007766457464989774322083649278607533249481151382481072868806602;
    assert ec_op_ptr[1] = 152666792071518830868575557812948353041420400780739481342941381225525861407;
    assert ec_op_ptr[2] = 2;
    assert ec_op_ptr[3] = 3;
    assert ec_op_ptr[4] = 1;
    [ap] = [ec_op_ptr + 6], ap++;
    return (ec_op_ptr=ec_op_ptr + 7);
}
