// PRIME and arithmetic in the field done by hand and by the names hints are given.
// flags: --layout plain
// expect: ok
func main() {
    alloc_locals;
    local x;
    %{
        print(PRIME, hex(PRIME), PRIME.bit_length(), PRIME % 17)
        print(pow(3, PRIME - 2, PRIME) * 3 % PRIME, pow(5, -1, PRIME) * 5 % PRIME)
        ids.x = pow(7, -1, PRIME)
        print(ids.x)
        print(fadd(PRIME - 1, 5), fsub(1, 2), fmul(2 ** 200, 2 ** 200), fdiv(1, 3))
        print(fpow(2, 300), fsqrt(4), fis_quad_residue(9), fis_quad_residue(3))
        print(safe_div(12, 4))
        try:
            safe_div(12, 5)
        except Exception as error:
            print(type(error).__name__, error)
    %}
    assert x * 7 = 1;
    ret;
}
