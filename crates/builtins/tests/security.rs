//! The messages on missing cells, which all builtins share.

mod support;

use cairo_zero_core::BuiltinName;
use support::{Bench, at, fails, small};

/// Instances whose cells are all zero, but for the missing ones.
fn zeros(name: BuiltinName, cells: i64, missing: &[i64]) -> Bench {
    let mut bench = Bench::new(name);
    for offset in (0..cells).filter(|offset| !missing.contains(offset)) {
        bench.memory.insert(at(offset), small(0).into()).expect("a free cell");
    }
    bench
}

/// The order is that of CPython 3.11, as printed for the expression of `run_security_checks`.
#[test]
fn missing_cells_are_listed_as_the_reference_does() {
    let mut few = zeros(BuiltinName::Pedersen, 120, &[0, 9, 31, 33, 60, 117]);
    fails(few.secure(), "Missing memory cells for pedersen: 0, 33, 9, 117, 60, 31.");
    let missing: Vec<i64> = (3..39).map(|instance| 5 * instance + 1).collect();
    let mut many = zeros(BuiltinName::Bitwise, 200, &missing);
    fails(
        many.secure(),
        "Missing memory cells for bitwise: 131, 136, 141, 16, 146, 21, 151, 26, 156, 31, 161, 36, \
         166, 41, 171, 46, 176, 51, 181, 56...",
    );
}

#[test]
fn a_million_instances_are_counted_quickly() {
    let mut bench = zeros(BuiltinName::RangeCheck, 1_000_000, &[]);
    bench.verify().expect("nothing is deduced");
    bench.secure().expect("no cell is missing");
}
