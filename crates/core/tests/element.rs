//! Elements, inverses and square roots held to `starknet_types_core`. The number of random cases
//! is multiplied by the environment variable `CAIRO_CRYPTO_CASES`.

use cairo_zero_core::{Element, Felt};
use proptest::prelude::*;
use starknet_types_core::felt::Felt as Oracle;

fn cases(usual: u32) -> ProptestConfig {
    let times = std::env::var("CAIRO_CRYPTO_CASES").ok().and_then(|times| times.parse().ok());
    // Miri is a thousand times slower.
    let usual = if cfg!(miri) { 4 } else { usual };
    ProptestConfig::with_cases(usual.saturating_mul(times.unwrap_or(1)))
}

fn felts() -> impl Strategy<Value = Felt> {
    let edge = prop::sample::select(vec![
        Felt::ZERO,
        Felt::ONE,
        Felt::MINUS_ONE,
        Felt::from_u64(3),
        Felt::from_u64(u64::MAX),
        Felt::from_u128(u128::MAX),
        Felt::from_limbs([u64::MAX, u64::MAX, u64::MAX, (1 << 59) - 1]).unwrap(),
        Felt::from_limbs([0, 0, 0, 1 << 59]).unwrap(),
        Felt::from_limbs([0, 0, 0, 0x0800_0000_0000_0010]).unwrap(),
        Felt::from_limbs([u64::MAX, u64::MAX, u64::MAX, 0x0800_0000_0000_0010]).unwrap(),
        // 2^256, and what stands for 1 among the limbs of elements.
        Felt::from_limbs(Element::ONE.canonical()).unwrap(),
        Element::from_felt(Felt::ONE).to_felt(),
        // A root of unity of order 2^192.
        Felt::from(Oracle::from(3).pow((1_u64 << 59) + 17)),
    ]);
    let wide = any::<[u8; 32]>().prop_map(|bytes| Felt::from(Oracle::from_bytes_le(&bytes)));
    let near = (edge.clone(), -4_i64..4).prop_map(|(felt, by)| felt + Felt::from_i64(by));
    prop_oneof![
        4 => wide,
        1 => any::<u128>().prop_map(Felt::from_u128),
        1 => any::<i64>().prop_map(Felt::from_i64),
        1 => edge,
        2 => near,
    ]
}

fn oracle(felt: Felt) -> Oracle {
    Oracle::from(felt)
}

proptest! {
    #![proptest_config(cases(20_000))]

    #[test]
    fn operators_equal_the_library(a in felts(), b in felts()) {
        let (x, y) = (Element::from_felt(a), Element::from_felt(b));
        prop_assert_eq!(x.to_felt(), a);
        prop_assert_eq!(oracle((x + y).to_felt()), oracle(a) + oracle(b));
        prop_assert_eq!(oracle((x - y).to_felt()), oracle(a) - oracle(b));
        prop_assert_eq!(oracle((x * y).to_felt()), oracle(a) * oracle(b));
        prop_assert_eq!(oracle((-x).to_felt()), -oracle(a));
        prop_assert_eq!(oracle(x.double().to_felt()), oracle(a) + oracle(a));
        prop_assert_eq!(oracle(x.square().to_felt()), oracle(a).square());
        prop_assert_eq!(x == y, a == b);
        prop_assert!(x == x + y - y);
        prop_assert_eq!(x.is_zero(), a.is_zero());
        prop_assert!((x - x).is_zero() && (x + -x).is_zero());
    }

    /// Chains, whose inputs are not reduced as those that come from felts are.
    #[test]
    fn long_chains_equal_the_library(start in felts(), others in prop::collection::vec(felts(), 1..40)) {
        let mut element = Element::from_felt(start);
        let mut known = oracle(start);
        for (at, other) in others.iter().enumerate() {
            let with = Element::from_felt(*other);
            (element, known) = match at % 4 {
                0 => (element * with, known * oracle(*other)),
                1 => (element - with, known - oracle(*other)),
                2 => (element.square(), known.square()),
                _ => (element.double() + with, known + known + oracle(*other)),
            };
        }
        prop_assert_eq!(oracle(element.to_felt()), known);
    }

    #[test]
    fn sums_equal_the_library(a in felts(), b in felts(), c in felts()) {
        let [x, y, z] = [a, b, c].map(Element::from_felt);
        let [a, b, c] = [a, b, c].map(oracle);
        let sum = x.sum().minus(y);
        prop_assert_eq!(oracle(sum.reduce().to_felt()), a - b);
        prop_assert_eq!(oracle(sum.square().to_felt()), (a - b).square());
        prop_assert_eq!(oracle(sum.plus(z).times(x.sum().plus(z)).to_felt()), (a - b + c) * (a + c));
        let most = (0..14).fold(x.sum(), |sum, at| if at % 2 == 0 { sum.minus(y) } else { sum.plus(z) });
        let seven = Oracle::from(7);
        prop_assert_eq!(oracle(most.reduce().to_felt()), a - b * seven + c * seven);
        let four = x.sum().minus(y).minus(y).minus(z).minus(y).minus(y).minus(z);
        prop_assert_eq!(oracle(four.times(z.sum()).to_felt()), (a - b * Oracle::from(4) - c - c) * c);
    }
}

proptest! {
    #![proptest_config(cases(3_000))]

    #[test]
    fn inverses_equal_the_library(a in felts()) {
        prop_assert_eq!(a.inverse().map(oracle), oracle(a).inverse());
        let inverse = Element::from_felt(a).inverse();
        prop_assert_eq!(oracle(inverse.to_felt()), oracle(a).inverse().unwrap_or_default());
    }

    #[test]
    #[cfg_attr(miri, ignore = "the library takes minutes for a square root there")]
    fn square_roots_equal_the_library(a in felts()) {
        let root = a.square_root();
        let known = oracle(a).sqrt().map(Felt::from);
        prop_assert_eq!(root, known.map(|known| known.min(-known)));
        prop_assert_eq!(a.is_square(), known.is_some());
        let square = a.square();
        prop_assert_eq!(square.square_root(), Some(a.min(-a)));
        if let Some(root) = Element::from_felt(square).square_root() {
            prop_assert!(root.square() == Element::from_felt(square));
        }
    }
}
