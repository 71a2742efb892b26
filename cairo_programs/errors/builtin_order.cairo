// flags: --layout small
// expect: error 1
// message: must be subsequence of ['output', 'pedersen', 'range_check', 'ecdsa', 'bitwise', 'ec_op', 'keccak', 'poseidon', 'range_check96', 'add_mod', 'mul_mod']. Got ['range_check', 'pedersen'].
%builtins range_check pedersen

func main{range_check_ptr, pedersen_ptr: felt*}() {
    return ();
}
