//! The range check builtins.

mod support;

use cairo_zero_builtins::RangeCheck;
use cairo_zero_core::{BuiltinName, Felt, Relocatable};
use proptest::prelude::*;
use support::{Bench, at, fails, felt, small};

const RANGE_CHECK: BuiltinName = BuiltinName::RangeCheck;

#[test]
fn the_largest_number_is_allowed() {
    let mut bench = Bench::new(RANGE_CHECK);
    bench.fill(0, &[small(0), Felt::from_u128(u128::MAX)]);
    bench.verify().expect("nothing is deduced");
    bench.secure().expect("no cell is missing");
    assert_eq!(bench.runner().downcast::<RangeCheck>().map(RangeCheck::bits), Some(128));
}

#[test]
fn a_number_out_of_range_is_refused_and_stays() {
    let mut bench = Bench::new(RANGE_CHECK);
    let message = "Value 340282366920938463463374607431768211456, in range check builtin 3, is out \
                   of range [0, 340282366920938463463374607431768211456).";
    fails(bench.write(3, felt("0x100000000000000000000000000000000")), message);
    assert!(bench.memory.cell(at(3)).is_set());
    fails(bench.write(3, felt("0x100000000000000000000000000000000")), message);
    fails(
        bench.write(4, Felt::MINUS_ONE),
        "Value 3618502788666131213697322783095070105623107215331596699973092056135872020480, in \
         range check builtin 4, is out of range [0, 340282366920938463463374607431768211456).",
    );
}

#[test]
fn numbers_of_96_bits() {
    let mut bench = Bench::new(BuiltinName::RangeCheck96);
    bench.fill(0, &[felt("0xffffffffffffffffffffffff")]);
    fails(
        bench.write(1, felt("0x1000000000000000000000000")),
        "Value 79228162514264337593543950336, in range check builtin 1, is out of range \
         [0, 79228162514264337593543950336).",
    );
    fails(
        bench.write(2, at(0)),
        "Range-check builtin: Expected value at address 2:2 to be an integer. Got: 2:0.",
    );
    bench.fill(4, &[small(1)]);
    fails(bench.secure(), "Missing memory cells for range_check96.");
}

#[test]
fn an_address_is_refused() {
    let mut bench = Bench::new(RANGE_CHECK);
    fails(
        bench.write(1, Relocatable::new(1, 5)),
        "Range-check builtin: Expected value at address 2:1 to be an integer. Got: 1:5.",
    );
}

#[test]
fn a_gap_is_refused_in_a_secure_run() {
    let mut bench = Bench::new(RANGE_CHECK);
    bench.fill(0, &[small(1), small(2)]);
    bench.fill(3, &[small(4)]);
    fails(bench.secure(), "Missing memory cells for range_check.");
    bench.fill(2, &[small(3)]);
    bench.secure().expect("no cell is missing");
}

#[test]
fn a_far_cell_is_refused_in_a_secure_run_at_once() {
    let mut bench = Bench::new(RANGE_CHECK);
    bench.fill(1 << 62, &[small(1)]);
    fails(bench.secure(), "Missing memory cells for range_check.");
}

#[test]
fn the_stop_pointer_is_compared() {
    let mut bench = Bench::new(RANGE_CHECK);
    bench.fill(0, &[small(1), small(2)]);
    let stack = Relocatable::new(1, 7);
    fails(
        bench.builtins.runners()[0].final_stack(&bench.memory, Relocatable::new(1, 8)),
        "Unknown value for memory cell at address 1:7.",
    );
    bench.memory.insert(stack, at(1).into()).expect("a free cell");
    fails(
        bench.builtins.runners()[0].final_stack(&bench.memory, Relocatable::new(1, 8)),
        "Invalid stop pointer for range_check. Expected: 2:2, found: 2:1",
    );
    bench.memory.insert(Relocatable::new(1, 8), at(2).into()).expect("a free cell");
    let below = bench.builtins.runners()[0].final_stack(&bench.memory, Relocatable::new(1, 9));
    assert_eq!(below.expect("the right pointer"), Relocatable::new(1, 8));
}

#[test]
fn what_was_there_before_the_run_is_checked() {
    let mut bench = Bench::new(RANGE_CHECK);
    bench.memory.insert(at(0), Felt::MINUS_ONE.into()).expect("a free cell");
    bench.builtins.validate_existing(&bench.memory).expect_err("out of range");
}

#[test]
fn watched_only_for_writes() {
    let bench = Bench::new(RANGE_CHECK);
    assert!(bench.builtins.watches(2) && bench.builtins.validates(2) && !bench.builtins.deduces(2));
    assert!(
        !bench.builtins.watches(1) && !bench.builtins.watches(3) && !bench.builtins.watches(-1)
    );
}

proptest! {
    #[test]
    fn a_number_is_allowed_exactly_below_the_bound(low: u128, high in 0_u128..4) {
        let number = Felt::from_u128(low) + Felt::from_u128(high) * felt("0x100000000000000000000000000000000");
        let mut bench = Bench::new(RANGE_CHECK);
        prop_assert_eq!(bench.write(0, number).is_ok(), high == 0);
    }
}
