//! The field of Stwo: held to a library's, and to the laws of a field.

use cairo_zero_core::{Felt, Qm31};
use proptest::prelude::*;
use proptest::sample::select;
use starknet_types_core::felt::Felt as LibraryFelt;
use starknet_types_core::qm31::QM31;

const MOST: u32 = (1 << 31) - 2;

fn elements() -> impl Strategy<Value = Qm31> {
    let coordinate = || prop_oneof![select(vec![0, 1, 2, MOST - 1, MOST]), 0..=MOST];
    [coordinate(), coordinate(), coordinate(), coordinate()]
        .prop_map(|coordinates| Qm31::new(coordinates).unwrap())
}

fn library(element: Qm31) -> QM31 {
    let [a, b, c, d] = element.coordinates();
    QM31::from_coefficients(a, b, c, d)
}

/// The library has two forms of zero.
fn coordinates(element: &QM31) -> [u32; 4] {
    let (a, b, c, d) = element.to_coefficients();
    [a, b, c, d].map(|coordinate| coordinate % (MOST + 1))
}

proptest! {
    #[test]
    fn it_computes_as_the_library_does(a in elements(), b in elements()) {
        prop_assert_eq!((a + b).coordinates(), coordinates(&(library(a) + library(b))));
        prop_assert_eq!((a - b).coordinates(), coordinates(&(library(a) - library(b))));
        prop_assert_eq!((a * b).coordinates(), coordinates(&(library(a) * library(b))));
        let quotient = (library(a) / library(b)).ok();
        let quotient = quotient.as_ref().map(coordinates);
        prop_assert_eq!(a.checked_div(b).map(Qm31::coordinates), quotient);
    }

    #[test]
    fn it_is_a_field(a in elements(), b in elements(), c in elements()) {
        prop_assert_eq!(a + b, b + a);
        prop_assert_eq!(a * b, b * a);
        prop_assert_eq!((a + b) + c, a + (b + c));
        prop_assert_eq!((a * b) * c, a * (b * c));
        prop_assert_eq!(a * (b + c), a * b + a * c);
        prop_assert_eq!(a + b - b, a);
        prop_assert_eq!(a + Qm31::ZERO, a);
        prop_assert_eq!(a * Qm31::ONE, a);
        match a.checked_div(b) {
            Some(quotient) => prop_assert_eq!(quotient * b, a),
            None => prop_assert_eq!(b, Qm31::ZERO),
        }
    }

    #[test]
    fn felts_hold_it(element in elements()) {
        let felt = element.to_felt();
        prop_assert_eq!(felt.to_string(), library(element).pack_into_felt().to_string());
        prop_assert_eq!(Qm31::from_felt(felt), Some(element));
    }

    #[test]
    fn other_felts_do_not(limbs in any::<[u64; 4]>(), cut in 0..256_u32) {
        let mut bytes = [0; 32];
        for (to, limb) in bytes.chunks_mut(8).zip(limbs) {
            to.copy_from_slice(&limb.to_le_bytes());
        }
        bytes[31] &= 7;
        for (at, byte) in bytes.iter_mut().enumerate() {
            if at as u32 * 8 >= cut {
                *byte = 0;
            }
        }
        if let Some(felt) = Felt::from_le_bytes(bytes) {
            let known = QM31::unpack_from_felt(&LibraryFelt::from_bytes_le(&bytes)).ok();
            let known = known.as_ref().map(coordinates);
            prop_assert_eq!(Qm31::from_felt(felt).map(Qm31::coordinates), known);
        }
    }
}

#[test]
fn coordinates_are_below_the_prime() {
    assert_eq!(Qm31::new([MOST + 1, 0, 0, 0]), None);
    for at in 0..4 {
        let mut limbs = [0_u64; 4];
        let bit = 36 * at;
        let number = u128::from(MOST + 1) << (bit % 64);
        limbs[bit / 64] = number as u64;
        limbs[bit / 64 + 1] = (number >> 64) as u64;
        let felt = Felt::from_limbs(limbs).unwrap();
        assert_eq!(Qm31::from_felt(felt), None, "{felt:?}");
        assert!(Qm31::from_felt(felt - Felt::from_limbs(one_at(bit)).unwrap()).is_some());
    }
}

fn one_at(bit: usize) -> [u64; 4] {
    let mut limbs = [0; 4];
    limbs[bit / 64] = 1 << (bit % 64);
    limbs
}
