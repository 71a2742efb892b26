//! The bitwise builtin.

mod support;

use cairo_zero_core::{BuiltinName, Felt, Relocatable};
use proptest::prelude::*;
use support::{Bench, at, fails, felt, small};

const BITWISE: BuiltinName = BuiltinName::Bitwise;

#[test]
fn and_xor_or() {
    let mut bench = Bench::new(BITWISE);
    bench.fill(5, &[small(0b1100), small(0b1010)]);
    assert_eq!(bench.number(7), small(0b1000));
    assert_eq!(bench.number(8), small(0b0110));
    assert_eq!(bench.number(9), small(0b1110));
}

#[test]
fn all_bits() {
    let largest = felt("0x7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff");
    let mut bench = Bench::new(BITWISE);
    bench.fill(0, &[largest, largest]);
    assert_eq!(bench.number(2), largest);
    assert_eq!(bench.number(3), small(0));
    assert_eq!(bench.number(4), largest);
}

#[test]
fn inputs_are_not_deduced_and_outputs_need_both() {
    let mut bench = Bench::new(BITWISE);
    bench.fill(0, &[small(1)]);
    assert_eq!(bench.read(1), Ok(None));
    assert_eq!(bench.read(2), Ok(None));
    assert_eq!(bench.read(5), Ok(None));
}

#[test]
fn what_is_no_operand() {
    let mut bench = Bench::new(BITWISE);
    bench.write(0, at(1)).expect("a pointer is not checked when it is written");
    bench.fill(1, &[small(1)]);
    fails(bench.read(2), "bitwise builtin: Expected integer at address 2:0. Got: 2:1.");
    bench.fill(5, &[small(1)]);
    bench.write(6, Relocatable::new(0, 3)).expect("no check");
    fails(bench.read(9), "bitwise builtin: Expected integer at address 2:6. Got: 0:3.");
    let two_to_251 = felt("0x800000000000000000000000000000000000000000000000000000000000000");
    bench.fill(10, &[small(0), two_to_251]);
    fails(
        bench.read(13),
        "bitwise builtin: Expected integer at address 2:11 to be smaller than 2^251. Got: \
         3618502788666131106986593281521497120414687020801267626233049500247285301248.",
    );
    bench.fill(15, &[two_to_251, two_to_251]);
    fails(
        bench.read(17),
        "bitwise builtin: Expected integer at address 2:15 to be smaller than 2^251. Got: \
         3618502788666131106986593281521497120414687020801267626233049500247285301248.",
    );
}

#[test]
fn what_a_hint_wrote_is_compared() {
    let mut bench = Bench::new(BITWISE);
    bench.fill(0, &[small(12), small(10), small(8)]);
    bench.verify().expect("8 is 12 & 10");
    bench.fill(3, &[small(7)]);
    fails(bench.verify(), "Inconsistent auto deduction rule at address 2:3. 7 != 6.");
}

#[test]
fn unset_outputs_are_checked_in_a_secure_run() {
    let mut bench = Bench::new(BITWISE);
    bench.fill(0, &[small(12), Felt::MINUS_ONE]);
    bench.verify().expect("no output is set");
    fails(
        bench.secure(),
        "bitwise builtin: Expected integer at address 2:1 to be smaller than 2^251. Got: \
         3618502788666131213697322783095070105623107215331596699973092056135872020480.",
    );
}

#[test]
fn missing_inputs_are_listed() {
    let mut bench = Bench::new(BITWISE);
    bench.fill(0, &[small(1)]);
    fails(bench.secure(), "Missing memory cells for bitwise.");
    bench.fill(2, &[small(0)]);
    fails(bench.secure(), "Missing memory cells for bitwise: 1.");
    bench.fill(1, &[small(2)]);
    bench.secure().expect("complete");
    assert_eq!(bench.builtins.runners()[0].used_instances(&bench.memory), 1);
}

proptest! {
    #[test]
    fn as_on_words(x: [u64; 4], y: [u64; 4]) {
        let cut = |mut limbs: [u64; 4]| { limbs[3] >>= 5; limbs };
        let (x, y) = (cut(x), cut(y));
        let word = |limbs| Felt::from_limbs(limbs).expect("251 bits");
        let mut bench = Bench::new(BITWISE);
        bench.fill(0, &[word(x), word(y)]);
        prop_assert_eq!(bench.number(2), word(std::array::from_fn(|i| x[i] & y[i])));
        prop_assert_eq!(bench.number(3), word(std::array::from_fn(|i| x[i] ^ y[i])));
        prop_assert_eq!(bench.number(4), word(std::array::from_fn(|i| x[i] | y[i])));
        bench.verify().expect("consistent");
        bench.secure().expect("complete");
    }
}
