//! Arithmetic and hash functions that hints need: on numbers of fixed width for the native hints of
//! the table, on Python's whole numbers for the evaluator.

pub use cairo_zero_core::blake2s;
pub mod curve;
pub mod keccak;
pub(crate) mod number;
pub(crate) mod python;
pub mod sha256;
pub mod wide;

#[cfg(test)]
mod tests {
    use cairo_zero_core::{Felt, inverse};

    use crate::math::curve::{SECP256K1, SECP256R1};
    use crate::math::wide::{div_rem, mul};

    #[test]
    fn a_number_times_its_inverse_is_one() {
        let moduli =
            [SECP256K1.prime, SECP256K1.order, SECP256R1.prime, SECP256R1.order, Felt::PRIME];
        let mut limb = 0x9e37_79b9_7f4a_7c15_u64;
        let mut next = || {
            limb = limb.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(0x1405_7b7e_f767_814f);
            limb ^ limb >> 29
        };
        for modulus in moduli {
            let mut numbers = vec![[1, 0, 0, 0], [2, 0, 0, 0], [0, 0, 1, 0]];
            numbers.push(std::array::from_fn(|at| modulus[at] - u64::from(at == 0)));
            numbers.extend((0..200).map(|_| std::array::from_fn(|_| next())));
            for number in numbers {
                let (_, number) = div_rem(&number, &modulus).expect("no zero");
                let found = inverse(&number, &modulus).expect("an inverse");
                let (_, rest) = div_rem(&mul(&found, &number), &modulus).expect("no zero");
                assert_eq!(rest, [1, 0, 0, 0], "{number:x?} modulo {modulus:x?}");
            }
            assert_eq!(inverse(&[0; 4], &modulus), None);
        }
        assert_eq!(inverse(&[6, 0, 0, 0], &[9, 0, 0, 0]), None);
        assert_eq!(inverse(&[2, 0, 0, 0], &[9, 0, 0, 0]), Some([5, 0, 0, 0]));
    }
}
