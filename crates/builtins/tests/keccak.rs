//! The Keccak builtin.

mod support;

use cairo_zero_builtins::keccak_permutation;
use cairo_zero_core::{BuiltinName, Felt};
use proptest::prelude::*;
use support::{Bench, at, fails, felt, small};

const KECCAK: BuiltinName = BuiltinName::Keccak;

/// The lanes that the state of zeros becomes when it is permuted once and twice: the intermediate
/// values of the Keccak team (`KeccakF-1600-IntermediateValues.txt`).
const ZERO_ONCE: [u64; 25] = [
    0xf1258f7940e1dde7,
    0x84d5ccf933c0478a,
    0xd598261ea65aa9ee,
    0xbd1547306f80494d,
    0x8b284e056253d057,
    0xff97a42d7f8e6fd4,
    0x90fee5a0a44647c4,
    0x8c5bda0cd6192e76,
    0xad30a6f71b19059c,
    0x30935ab7d08ffc64,
    0xeb5aa93f2317d635,
    0xa9a6e6260d712103,
    0x81a57c16dbcf555f,
    0x43b831cd0347c826,
    0x01f22f1a11a5569f,
    0x05e5635a21d9ae61,
    0x64befef28cc970f2,
    0x613670957bc46611,
    0xb87c5a554fd00ecb,
    0x8c3ee88a1ccf32c8,
    0x940c7922ae3a2614,
    0x1841f924a2c509e4,
    0x16f53526e70465c2,
    0x75f644e97f30a13b,
    0xeaf1ff7b5ceca249,
];

/// A state and what it becomes, computed with cairo-lang's `keccak_f`.
const STATE: [&str; 8] = [
    "0x1c71c71c71c71c71c71c71c71c71c71c71c71c71c71c71c71c",
    "0x38e38e38e38e38e38e38e38e38e38e38e39c0cb5f6a84843d7",
    "0x5555555555555555555555555555555555713df9a47402ce8b",
    "0x71c71c71c71c71c71c71c71c71c71c71c72aecc475c3c475bc",
    "0x8e38e38e38e38e38e38e38e38e38e38e38ab5f6101cc97d431",
    "0xaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaf1af1af079f1af01",
    "0xc71c71c71c71c71c71c71c71c71c71c71c1cfd1aa2a31aa25c",
    "0xe38e38e38e38e38e38e38e38e38e38e38e478dd373173c996b",
];
const PERMUTED: [&str; 8] = [
    "0xcfd62f4d1d5ac4a9ec34eae1be3f9e248536bd93ce9bba1288",
    "0x955eae5ebd7b577617d97417af48a6a1be2218137bdddb7eeb",
    "0x5056c2fae04a64ed8a6f4d8fbfe0800f208ff67c481e757355",
    "0x2a638a88ffb691eb66878ecc9e07b6ba0546ecd14c7bbabd8d",
    "0xc369a2d477343815c46c9eee183f3883ce9f2f5a67987326b2",
    "0x1397c976f4a4e36037d19c812688eef41dfddef53c78acce29",
    "0x26eca34f3ebc2b80df377fbeadf9d05a8cddcc8fa543fcc1b7",
    "0x1af13d63be9b6d9154b3b769a0df38abf67ebc3151b8e63ef2",
];

fn numbers(lanes: [u64; 25]) -> [Felt; 8] {
    let bytes: Vec<u8> = lanes.iter().flat_map(|lane| lane.to_le_bytes()).collect();
    std::array::from_fn(|at| {
        let mut word = [0; 32];
        word[..25].copy_from_slice(&bytes[25 * at..25 * at + 25]);
        Felt::from_le_bytes(word).expect("200 bits")
    })
}

#[test]
fn known_answers() {
    assert_eq!(keccak_permutation([small(0); 8]), numbers(ZERO_ONCE));
    assert_eq!(keccak_permutation(STATE.map(felt)), PERMUTED.map(felt));
}

#[test]
fn outputs_in_any_order() {
    let mut bench = Bench::new(KECCAK);
    bench.fill(0, &STATE.map(felt));
    bench.fill(16, &[small(0); 8]);
    for (offset, expected) in [
        (15, felt(PERMUTED[7])),
        (24, numbers(ZERO_ONCE)[0]),
        (8, felt(PERMUTED[0])),
        (31, numbers(ZERO_ONCE)[7]),
    ] {
        assert_eq!(bench.number(offset), expected);
    }
    bench.verify().expect("deduced");
    bench.secure().expect("complete");
    bench.fill(9, &[small(5)]);
    fails(
        bench.verify(),
        &format!("Inconsistent auto deduction rule at address 2:9. 5 != {}.", felt(PERMUTED[1])),
    );
}

#[test]
fn only_outputs_with_all_inputs() {
    let mut bench = Bench::new(KECCAK);
    bench.fill(0, &[small(0); 7]);
    for offset in [7, 8, 15, 16] {
        assert_eq!(bench.read(offset), Ok(None), "{offset}");
    }
}

#[test]
fn what_is_no_input() {
    let mut bench = Bench::new(KECCAK);
    bench.fill(0, &[small(0); 7]);
    bench.write(7, at(0)).expect("no check");
    fails(bench.read(8), "Keccak builtin: Expected integer at address 2:7. Got: 2:0.");
    bench.fill(16, &[small(0); 8][..7]);
    bench.fill(23, &[felt("0x100000000000000000000000000000000000000000000000000")]);
    let message = "Keccak builtin: Expected integer at address 2:23 to be smaller than 2^200. Got: \
                   1606938044258990275541962092341162602522202993782792835301376.";
    fails(bench.read(24), message);
}

#[test]
fn unset_outputs_are_checked_in_a_secure_run() {
    let mut bench = Bench::new(KECCAK);
    bench.fill(0, &[small(0); 7]);
    bench.fill(7, &[Felt::MINUS_ONE]);
    bench.verify().expect("no output is set");
    bench.secure().expect_err("more than 200 bits");
}

proptest! {
    #[test]
    fn as_the_library(lanes: [u64; 25]) {
        let mut permuted = lanes;
        keccak::f1600(&mut permuted);
        prop_assert_eq!(keccak_permutation(numbers(lanes)), numbers(permuted));
    }
}
