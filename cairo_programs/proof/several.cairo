// Many builtins together.
// flags: --layout starknet_with_keccak --proof_mode
// compile: --proof_mode
// expect: ok
%builtins output pedersen range_check ecdsa bitwise ec_op keccak poseidon

func main{
    output_ptr: felt*,
    pedersen_ptr: felt*,
    range_check_ptr: felt*,
    ecdsa_ptr: felt*,
    bitwise_ptr: felt*,
    ec_op_ptr: felt*,
    keccak_ptr: felt*,
    poseidon_ptr: felt*,
}() {
    assert pedersen_ptr[0] = 5;
    assert pedersen_ptr[1] = 8;
    assert range_check_ptr[0] = 13;
    assert poseidon_ptr[0] = pedersen_ptr[2];
    assert poseidon_ptr[1] = range_check_ptr[0];
    assert poseidon_ptr[2] = 0;
    assert bitwise_ptr[0] = 6;
    assert bitwise_ptr[1] = 3;
    assert ec_op_ptr[0] = 874739451078007766457464989774322083649278607533249481151382481072868806602;
    assert ec_op_ptr[1] = 152666792071518830868575557812948353041420400780739481342941381225525861407;
    assert ec_op_ptr[2] = 3324833730090626974525872402899302150520188025637965566623476530814354734325;
    assert ec_op_ptr[3] = 3147007486456030910661996439995670279305852583596209647900952752170983517249;
    assert ec_op_ptr[4] = poseidon_ptr[3];
    assert keccak_ptr[0] = bitwise_ptr[2];
    assert keccak_ptr[1] = bitwise_ptr[3];
    assert keccak_ptr[2] = bitwise_ptr[4];
    assert keccak_ptr[3] = bitwise_ptr[2];
    assert keccak_ptr[4] = bitwise_ptr[3];
    assert keccak_ptr[5] = bitwise_ptr[4];
    assert keccak_ptr[6] = bitwise_ptr[2];
    assert keccak_ptr[7] = bitwise_ptr[3];
    %{
        ecdsa_builtin.add_signature(ids.ecdsa_ptr, (
            867829897301638277483536025653976135388548980972411579668446888446251209126,
            224396325238196514350661727320858128317815153887148944065481651354818541693,
        ))
    %}
    assert ecdsa_ptr[0] = 874739451078007766457464989774322083649278607533249481151382481072868806602;
    assert ecdsa_ptr[1] = 12345;
    assert output_ptr[0] = pedersen_ptr[2];
    assert output_ptr[1] = poseidon_ptr[3];
    assert output_ptr[2] = ec_op_ptr[5];
    assert output_ptr[3] = ec_op_ptr[6];
    assert output_ptr[4] = keccak_ptr[8];
    let output_ptr = output_ptr + 5;
    let pedersen_ptr = pedersen_ptr + 3;
    let range_check_ptr = range_check_ptr + 1;
    let ecdsa_ptr = ecdsa_ptr + 2;
    let bitwise_ptr = bitwise_ptr + 5;
    let ec_op_ptr = ec_op_ptr + 7;
    let keccak_ptr = keccak_ptr + 16;
    let poseidon_ptr = poseidon_ptr + 6;
    return ();
}

// suite: record = ["stdout", "stderr", "trace", "memory"]
