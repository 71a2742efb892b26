// Two permutations known from elsewhere.
// flags: --layout starknet
// compile: --no_debug_info
// expect: ok
%builtins poseidon

func main(poseidon_ptr: felt*) -> (poseidon_ptr: felt*) {
    assert poseidon_ptr[0] = 0;
    assert poseidon_ptr[1] = 0;
    assert poseidon_ptr[2] = 0;
    assert poseidon_ptr[3] = 3446325744004048536138401612021367625846492093718951375866996507163446763827;
    assert poseidon_ptr[4] = 1590252087433376791875644726012779423683501236913937337746052470473806035332;
    assert poseidon_ptr[5] = 867921192302518434283879514999422690776342565400001269945778456016268852423;
    assert poseidon_ptr[6] = 1;
    assert poseidon_ptr[7] = 2;
    assert poseidon_ptr[8] = 3;
    assert poseidon_ptr[9] = 442682200349489646213731521593476982257703159825582578145778919623645026501;
    assert poseidon_ptr[10] = 2233832504250924383748553933071188903279928981104663696710686541536735838182;
    assert poseidon_ptr[11] = 2512222140811166287287541003826449032093371832913959128171347018667852712082;
    return (poseidon_ptr=poseidon_ptr + 12);
}
