// The STARK curve: starkware.crypto.signature, and the rules of its builtins.
// flags: --layout plain
// expect: ok
func main() {
    %{
        from starkware.cairo.lang.builtins.ec.ec_op_builtin_runner import (
            ec_op_auto_deduction_rule_wrapper, ec_op_impl,
        )
        from starkware.cairo.lang.builtins.keccak.keccak_builtin_runner import (
            keccak_auto_deduction_rule_wrapper,
        )
        from starkware.cairo.lang.builtins.signature.signature_builtin_runner import signature_rule_wrapper
        from starkware.cairo.lang.vm.cairo_runner import verify_ecdsa_sig
        from starkware.crypto.signature.fast_pedersen_hash import pedersen_hash as fast_pedersen_hash
        from starkware.crypto.signature.signature import (
            ALPHA, BETA, CONSTANT_POINTS, EC_GEN, EC_ORDER, FIELD_PRIME, SHIFT_POINT, get_y_coordinate,
            grind_key, is_point_on_curve, is_valid_stark_key, pedersen_hash, private_to_stark_key, sign,
            verify,
        )

        print(FIELD_PRIME == PRIME, ALPHA, BETA, EC_ORDER)
        print(len(CONSTANT_POINTS), CONSTANT_POINTS[1] == EC_GEN, CONSTANT_POINTS[505])
        key = private_to_stark_key(12345)
        r, s = sign(msg_hash=678, priv_key=12345)
        print(key, (r, s), verify(678, r, s, key), verify(679, r, s, key), verify_ecdsa_sig(key, 678, (r, s)))
        print(get_y_coordinate(key), is_valid_stark_key(5), is_point_on_curve(*EC_GEN))
        print(pedersen_hash(1, 2) == fast_pedersen_hash(1, 2), pedersen_hash(7), grind_key(3, EC_ORDER))
        print(ec_op_impl(*SHIFT_POINT, *EC_GEN, 34, ALPHA, PRIME, 256))
        print(callable(ec_op_auto_deduction_rule_wrapper({})), callable(keccak_auto_deduction_rule_wrapper({})))
        print(callable(signature_rule_wrapper(verify, {})))
        for failing in [lambda: verify(1, 0, 1, key), lambda: get_y_coordinate(4), lambda: sign(2**251, 1)]:
            try:
                print(failing())
            except Exception as error:
                print(type(error).__name__, error)
    %}
    [ap] = 1, ap++;
    ret;
}
