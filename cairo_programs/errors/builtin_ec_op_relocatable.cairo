// flags: --layout starknet
// expect: error 1
// message: ec_op builtin: Expected integer at address 2:4.Got: 2:0.
%builtins ec_op

func main(ec_op_ptr: felt*) -> (ec_op_ptr: felt*) {
    assert ec_op_ptr[0] = 874739451078007766457464989774322083649278607533249481151382481072868806602;
    assert ec_op_ptr[1] = 152666792071518830868575557812948353041420400780739481342941381225525861407;
    assert ec_op_ptr[2] = 3324833730090626974525872402899302150520188025637965566623476530814354734325;
    assert ec_op_ptr[3] = 3147007486456030910661996439995670279305852583596209647900952752170983517249;
    assert ec_op_ptr[4] = cast(ec_op_ptr, felt);
    [ap] = [ec_op_ptr + 5], ap++;
    return (ec_op_ptr=ec_op_ptr + 7);
}
