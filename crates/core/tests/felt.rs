//! Felt arithmetic held to `starknet_types_core`, and the texts of felts and values.

use cairo_zero_core::{BuiltinName, Felt, ParseFeltError, Relocatable, Value, ValueError};
use proptest::prelude::*;
use starknet_types_core::felt::Felt as Oracle;

/// Felts with the sizes and near-the-edge values that matter to the fast paths.
fn felts() -> impl Strategy<Value = Felt> {
    let edge = prop::sample::select(vec![
        Felt::ZERO,
        Felt::ONE,
        Felt::MINUS_ONE,
        Felt::from_u64(u64::MAX),
        Felt::from_u128(u128::MAX),
        Felt::from_limbs([u64::MAX, u64::MAX, u64::MAX, (1 << 59) - 1]).unwrap(),
        Felt::from_limbs([0, 0, 0, 1 << 59]).unwrap(),
        Felt::from_limbs([u64::MAX, u64::MAX, u64::MAX, 0x0800_0000_0000_0010]).unwrap(),
    ]);
    let wide = any::<[u64; 4]>().prop_map(|limbs| {
        Felt::from(Oracle::from_bytes_le(&{
            let mut bytes = [0; 32];
            for (chunk, limb) in bytes.chunks_mut(8).zip(limbs) {
                chunk.copy_from_slice(&limb.to_le_bytes());
            }
            bytes
        }))
    });
    let near = (edge.clone(), -4_i64..4).prop_map(|(felt, by)| felt + Felt::from_i64(by));
    prop_oneof![
        3 => wide,
        1 => any::<u64>().prop_map(Felt::from_u64),
        1 => (any::<u64>(), 0..64_u32).prop_map(|(number, shift)| Felt::from_u64(number >> shift)),
        1 => (0..64_u32, -1..2_i64).prop_map(|(bits, by)| {
            Felt::from_u64(1 << bits) + Felt::from_i64(by)
        }),
        1 => any::<u128>().prop_map(Felt::from_u128),
        1 => any::<i64>().prop_map(Felt::from_i64),
        2 => near,
    ]
}

fn oracle(felt: Felt) -> Oracle {
    Oracle::from(felt)
}

/// Miri is a thousand times slower.
fn cases(usual: u32) -> ProptestConfig {
    ProptestConfig::with_cases(if cfg!(miri) { 4 } else { usual })
}

proptest! {
    #![proptest_config(cases(20_000))]

    #[test]
    fn arithmetic_equals_the_library(a in felts(), b in felts()) {
        prop_assert_eq!(oracle(a + b), oracle(a) + oracle(b));
        prop_assert_eq!(oracle(a - b), oracle(a) - oracle(b));
        prop_assert_eq!(oracle(a * b), oracle(a) * oracle(b));
        prop_assert_eq!(oracle(-a), -oracle(a));
        prop_assert_eq!(oracle(a.square()), oracle(a).square());
        prop_assert_eq!(a.cmp(&b), oracle(a).cmp(&oracle(b)));
    }

    #[test]
    fn every_result_is_reduced(a in felts(), b in felts()) {
        for felt in [a + b, a - b, a * b, -a] {
            prop_assert!(Felt::from_limbs(felt.limbs()).is_some());
        }
    }

    #[test]
    fn bytes_and_text_go_there_and_back(a in felts()) {
        prop_assert_eq!(Felt::from_le_bytes(a.to_le_bytes()), Some(a));
        prop_assert_eq!(a.to_string(), oracle(a).to_string());
        prop_assert_eq!(a.to_string().parse(), Ok(a));
        prop_assert_eq!(format!("{a:#x}"), format!("{:#x}", oracle(a)));
        prop_assert_eq!(format!("{a:#x}").parse(), Ok(a));
        prop_assert_eq!(a.signed().to_string().parse(), Ok(a));
        prop_assert_eq!(a.is_negative(), a.signed().to_string().starts_with('-'));
    }

    #[test]
    fn signed_numbers_go_there_and_back(number in any::<i64>()) {
        prop_assert_eq!(Felt::from_i64(number).to_i64(), Some(number));
        prop_assert_eq!(Felt::from_i64(number).signed().to_string(), number.to_string());
    }
}

proptest! {
    #![proptest_config(cases(500))]

    #[test]
    fn division_equals_the_library(a in felts(), b in felts()) {
        match b.inverse() {
            None => prop_assert!(b.is_zero()),
            Some(inverse) => {
                prop_assert_eq!(inverse * b, Felt::ONE);
                prop_assert_eq!(a.checked_div(b).map(|quotient| quotient * b), Some(a));
            }
        }
    }
}

#[test]
fn the_prime_and_its_neighbours() {
    assert_eq!(Felt::from_limbs(Felt::PRIME), None);
    assert_eq!(Felt::MINUS_ONE + Felt::ONE, Felt::ZERO);
    assert_eq!(Felt::MINUS_ONE * Felt::MINUS_ONE, Felt::ONE);
    let half = (Felt::MINUS_ONE).checked_div(Felt::from_u64(2)).unwrap();
    assert_eq!(
        half.signed().to_string(),
        "1809251394333065606848661391547535052811553607665798349986546028067936010240"
    );
    assert_eq!(
        (half + Felt::ONE).signed().to_string(),
        "-1809251394333065606848661391547535052811553607665798349986546028067936010240"
    );
}

#[test]
fn texts_that_are_no_felts() {
    let prime = "0x800000000000011000000000000000000000000000000000000000000000001";
    assert_eq!(prime.parse::<Felt>(), Err(ParseFeltError::TooLarge));
    assert_eq!("".parse::<Felt>(), Err(ParseFeltError::Empty));
    assert_eq!("0x".parse::<Felt>(), Err(ParseFeltError::Empty));
    assert_eq!("-".parse::<Felt>(), Err(ParseFeltError::Empty));
    assert_eq!("12g".parse::<Felt>(), Err(ParseFeltError::InvalidDigit('g')));
    assert_eq!("0xfg".parse::<Felt>(), Err(ParseFeltError::InvalidDigit('g')));
    assert_eq!("9".repeat(1000).parse::<Felt>(), Err(ParseFeltError::TooLarge));
    assert_eq!(
        format!("{}z", "9".repeat(99)).parse::<Felt>(),
        Err(ParseFeltError::InvalidDigit('z'))
    );
}

#[test]
fn padded_texts() {
    assert_eq!(format!("{:<5}|", Relocatable::new(0, 3)), "0:3  |");
    assert_eq!(format!("{:>6}|", Felt::from_u64(12)), "    12|");
    let big = Felt::from_u128(u128::MAX);
    assert_eq!(format!("{big:>40}|"), " 340282366920938463463374607431768211455|");
}

#[test]
fn values_follow_the_machine() {
    let address = |segment, offset| Value::from(Relocatable::new(segment, offset));
    let felt = |number: i64| Value::from(Felt::from_i64(number));
    assert_eq!(address(1, 5).checked_add(felt(-7)), Ok(address(1, -2)));
    assert_eq!(address(1, -2).checked_add(felt(2)), Ok(address(1, 0)));
    assert_eq!(felt(3).checked_add(address(1, 5)), Ok(address(1, 8)));
    assert_eq!(address(1, 5).checked_sub(felt(7)), Ok(address(1, -2)));
    assert_eq!(address(1, 5).checked_sub(address(1, 7)), Ok(felt(-2)));
    assert_eq!(felt(3).checked_mul(felt(-4)), Ok(felt(-12)));
    assert_eq!(
        address(1, -2).to_string(),
        "1:3618502788666131213697322783095070105623107215331596699973092056135872020479"
    );
    let texts = [
        address(1, 5).checked_add(address(2, 0)).unwrap_err().to_string(),
        address(1, 5).checked_sub(address(2, 0)).unwrap_err().to_string(),
        address(1, 5).checked_mul(felt(2)).unwrap_err().to_string(),
    ];
    assert_eq!(
        texts,
        [
            "Cannot add two relocatable values: 1:5 + 2:0.",
            "Can only subtract two relocatable values of the same segment (1 != 2).",
            "Could not complete computation * of non pure values: \
         (RelocatableValue(segment_index=1, offset=5), 2).",
        ]
    );
    assert!(matches!(felt(1).checked_sub(address(1, 0)), Err(ValueError::SubtractFromFelt(..))));
    let far = Value::from(Felt::from_u128(1 << 100));
    assert!(matches!(address(1, 0).checked_add(far), Err(ValueError::OffsetOutOfRange(..))));
}

#[test]
fn builtin_names_read_back() {
    for builtin in BuiltinName::ALL {
        assert_eq!(builtin.as_str().parse(), Ok(*builtin));
    }
    assert!("Output".parse::<BuiltinName>().is_err());
    assert!(BuiltinName::ALL.is_sorted());
}
