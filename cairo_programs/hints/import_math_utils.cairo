// Number theory and curve points of starkware.python.math_utils and common.math_utils.
// flags: --layout plain
// expect: ok
func main() {
    %{
        from starkware.python.math_utils import (
            EC_INFINITY, NotOnCurveException, div_ceil, div_mod, ec_add, ec_double, ec_double_slope,
            ec_mult, ec_safe_add, ec_safe_mult, fft, horner_eval, ifft, is_power_of_2,
            is_quad_residue, isqrt, line_slope, log2_ceil, next_power_of_2, prev_power_of_2,
            random_ec_point, recover_y, safe_div, safe_log2, sqrt, y_squared_from_x,
        )
        from starkware.cairo.common.math_utils import as_int, assert_integer, is_positive

        print(safe_div(91, 7), div_ceil(7, 2), div_ceil(-7, 2), div_mod(5, 7, PRIME))
        print(log2_ceil(9), safe_log2(1024), next_power_of_2(9), prev_power_of_2(9), is_power_of_2(64))
        print(isqrt(10**41), is_quad_residue(5, PRIME), sqrt(pow(1234567, 2, PRIME), PRIME))
        print(is_quad_residue(21, 100), sqrt(21, 100), sqrt(17, 32))
        g = (55066263022277343669578718895168534326250603453777594175500187360389116729240,
             32670510020758816978083085130507043184471273380659243275938904335757337482424)
        p = 2**256 - 2**32 - 977
        print(line_slope(g, ec_double(g, 0, p), p), ec_double_slope(g, 0, p))
        print(ec_add(g, ec_double(g, 0, p), p), ec_mult(12345, g, 0, p))
        order = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141
        print(ec_safe_mult(order, g, 0, p) is EC_INFINITY, ec_safe_mult(order - 1, g, 0, p)[0] == g[0])
        print(ec_safe_add(g, EC_INFINITY, 0, p) == g, ec_safe_add(g, (g[0], -g[1]), 0, p) is EC_INFINITY)
        print(y_squared_from_x(g[0], 0, 7, p), recover_y(g[0], 0, 7, p))
        print(random_ec_point(p, 0, 7, b'cairo'))
        print(horner_eval([1, 2, 3], 10, PRIME))
        powers = fft([1, 2, 3, 4], pow(3, (PRIME - 1) // 4, PRIME), PRIME)
        print([int(x) for x in ifft(powers, pow(3, (PRIME - 1) // 4, PRIME), PRIME)])
        print(as_int(PRIME - 5, PRIME), as_int(5, PRIME), is_positive(PRIME - 1, PRIME, 2**128))
        for failing in [
            lambda: safe_div(7, 2),
            lambda: div_mod(1, 0, PRIME),
            lambda: recover_y(5, 0, 7, p),
            lambda: assert_integer(ap),
            lambda: is_positive(2**200, PRIME, 2**128),
            lambda: line_slope(g, g, p),
            lambda: sqrt(3, 7),
        ]:
            try:
                print(failing())
            except Exception as error:
                print(type(error).__name__, error)
        print(NotOnCurveException.__mro__[1].__name__)
    %}
    [ap] = 1, ap++;
    ret;
}
