// The stop pointer is one instance too far.
// flags: --layout starknet
// expect: error 1
// message: Invalid stop pointer for ec_op. Expected: 2:7, found: 2:14
%builtins ec_op

func main(ec_op_ptr: felt*) -> (ec_op_ptr: felt*) {
    assert ec_op_ptr[0] = 874739451078007766457464989774322083649278607533249481151382481072868806602;
    assert ec_op_ptr[1] = 152666792071518830868575557812948353041420400780739481342941381225525861407;
    assert ec_op_ptr[2] = 3324833730090626974525872402899302150520188025637965566623476530814354734325;
    assert ec_op_ptr[3] = 3147007486456030910661996439995670279305852583596209647900952752170983517249;
    assert ec_op_ptr[4] = 3;
    return (ec_op_ptr=ec_op_ptr + 14);
}
