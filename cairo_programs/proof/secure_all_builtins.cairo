// A secure run that has every builtin of its layout.
// flags: --layout small --secure_run --proof_mode
// compile: --proof_mode --no_debug_info
// expect: ok
%builtins output pedersen range_check ecdsa

func main{output_ptr: felt*, pedersen_ptr: felt*, range_check_ptr, ecdsa_ptr: felt*}() {
    alloc_locals;
    assert pedersen_ptr[0] = 11;
    assert pedersen_ptr[1] = 22;
    local hash = pedersen_ptr[2];
    let pedersen_ptr = pedersen_ptr + 3;

    let low = [range_check_ptr];
    let high = [range_check_ptr + 1];
    %{ memory[ids.range_check_ptr + 1], memory[ids.range_check_ptr] = divmod(ids.hash, 2 ** 128) %}
    assert hash = low + high * 2 ** 128;
    let range_check_ptr = range_check_ptr + 2;

    assert output_ptr[0] = low;
    assert output_ptr[1] = high;
    let output_ptr = output_ptr + 2;

    %{
        ecdsa_builtin.add_signature(ids.ecdsa_ptr, (
            1750227172231802660619917954931488832655884371504349448225550919439937100220,
            2595306172892052187458872919923642413767413429278661539850658218825696859918,
        ))
    %}
    assert ecdsa_ptr[0] = 1208074719396117507686862747384501184525808054783897821629805344259219242790;
    assert ecdsa_ptr[1] = 1809251394333065553493296640760748560207343510400633813116524750123642650617;
    let ecdsa_ptr = ecdsa_ptr + 2;
    return ();
}

// suite: record = ["stdout", "stderr", "trace", "memory"]
