// Limbs and curves: starkware.cairo.common.cairo_secp.
// flags: --layout plain
// expect: ok
struct Limbs {
    d0: felt,
    d1: felt,
    d2: felt,
}

func main() {
    alloc_locals;
    local number: Limbs = Limbs(d0=5, d1=-3, d2=7);
    local large: Limbs = Limbs(d0=2 ** 85, d1=2 ** 86 - 1, d2=2 ** 83);
    %{
        from starkware.cairo.common.cairo_secp.secp256r1_utils import (
            SECP256R1_ALPHA, SECP256R1_BETA, SECP256R1_N, SECP256R1_P,
        )
        from starkware.cairo.common.cairo_secp.secp_utils import (
            ALPHA, BASE, BETA, N, SECP256K1, SECP256R1, SECP_P, pack, split,
        )

        print(pack(ids.number, PRIME), pack(ids.large, PRIME))
        print(split(pack(ids.large, PRIME)), split(SECP_P), split(0))
        print(BASE, SECP_P, N, ALPHA, BETA)
        print(SECP256R1_P, SECP256R1_N, SECP256R1_ALPHA, SECP256R1_BETA)
        print(SECP256K1, SECP256R1.order == SECP256R1_N)
        for number in [2**258, -1]:
            try:
                print(split(number))
            except AssertionError as error:
                print('AssertionError', error)
    %}
    ret;
}
