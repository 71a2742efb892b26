//! Memory held to a plain map, and its errors.

use std::collections::BTreeMap;

use cairo_zero_core::{Felt, Relocatable, Value};
use cairo_zero_memory::{Cell, Memory, MemoryErrorKind, RelocationError, RelocationTable};
use proptest::prelude::*;

fn felt(number: u64) -> Value {
    Felt::from_u64(number).into()
}

fn at(segment: i32, offset: i64) -> Relocatable {
    Relocatable::new(segment, offset)
}

/// Offsets that meet dense parts, their edges, promotions to mappings and sparse pages. Miri, which
/// has no mappings and fills each cell by itself, gets smaller ones.
fn offsets() -> impl Strategy<Value = i64> {
    let scale: i64 = if cfg!(miri) { 50 } else { 1 };
    prop_oneof![
        4 => 0..3000 / scale,
        2 => 60_000 / scale..70_000 / scale,
        1 => 0..1_000_000 / scale,
        1 => (0..62_u32, 0..4_i64).prop_map(|(bits, more)| (1_i64 << bits) + more),
    ]
}

/// Numbers anywhere in the field, near zero and near the prime among them.
fn felts() -> impl Strategy<Value = Felt> {
    prop_oneof![
        (-3..3_i64).prop_map(Felt::from_i64),
        any::<i64>().prop_map(Felt::from_i64),
        any::<[u64; 4]>()
            .prop_map(|[a, b, c, d]| Felt::from_limbs([a, b, c, d >> 5]).unwrap_or(Felt::ONE)),
    ]
}

proptest! {
    // Miri is a thousand times slower.
    #![proptest_config(ProptestConfig::with_cases(if cfg!(miri) { 8 } else { 300 }))]

    #[test]
    fn cells_are_added_and_subtracted_as_their_numbers(a in felts(), b in felts()) {
        let cells = (Cell::from_felt(a), Cell::from_felt(b));
        prop_assert_eq!(cells.0.sum(cells.1), Some(Cell::from_felt(a + b)));
        prop_assert_eq!(cells.0.difference(cells.1), Some(Cell::from_felt(a - b)));
        for other in [Cell::UNSET, Cell::from_relocatable(at(1, 2))] {
            prop_assert_eq!((cells.0.sum(other), other.sum(cells.0)), (None, None));
            prop_assert_eq!((cells.0.difference(other), other.difference(cells.0)), (None, None));
        }
    }

    #[test]
    fn memory_is_a_write_once_map(
        writes in prop::collection::vec(
            (0..3_i32, offsets(), 0..3_u64),
            1..if cfg!(miri) { 20 } else { 200 },
        ),
    ) {
        let mut memory = Memory::new();
        memory.add_segment().unwrap();
        memory.add_execution_segment().unwrap();
        memory.add_segment().unwrap();
        let mut model = BTreeMap::new();
        for (segment, offset, number) in writes {
            let address = at(segment, offset);
            let written = memory.insert(address, felt(number));
            let old = *model.entry(address).or_insert(number);
            prop_assert_eq!(written.is_ok(), old == number);
        }
        for (address, number) in &model {
            prop_assert_eq!(memory.get(*address), Some(felt(*number)));
            let next = at(address.segment, address.offset + 1);
            prop_assert_eq!(memory.get(next), model.get(&next).copied().map(felt));
        }
        let cells: Vec<_> = memory.iter().collect();
        let expected: Vec<_> = model.iter().map(|(at, number)| (*at, felt(*number))).collect();
        prop_assert_eq!(cells, expected);
        prop_assert_eq!(memory.count(), model.len() as u64);
        for (number, segment) in memory.segments().iter().enumerate() {
            let highest = model.keys().rfind(|at| at.segment == number as i32);
            let size = highest.map_or(0, |at| at.offset as u64 + 1);
            prop_assert_eq!(segment.used_size(), size);
        }
    }
}

#[test]
fn cells_keep_what_they_are_given() {
    assert_eq!(size_of::<Cell>(), 32);
    assert_eq!(Cell::UNSET.value(), None);
    for felt in [Felt::ZERO, Felt::ONE, Felt::MINUS_ONE] {
        assert_eq!(Cell::from_felt(felt).value(), Some(Value::Felt(felt)));
    }
    for address in [at(0, 0), at(-1, 0), at(i32::MAX, i64::MAX), at(i32::MIN, i64::MIN)] {
        assert_eq!(Cell::from_relocatable(address).value(), Some(Value::Relocatable(address)));
    }
}

#[test]
fn far_cells_are_cheap() {
    let mut memory = Memory::new();
    memory.add_execution_segment().unwrap();
    for bits in [26, 40, 62] {
        memory.insert(at(0, 1 << bits), felt(1)).unwrap();
    }
    assert_eq!(memory.iter().count(), 3);
    assert_eq!(memory.segments()[0].used_size(), (1 << 62) + 1);
    let cells: usize = memory.segments()[0].runs().map(|(_, cells)| cells.len()).sum();
    assert!(cells < 1 << 12, "{cells} cells for three");
}

#[test]
fn a_dense_part_takes_in_the_pages_it_reaches() {
    let mut memory = Memory::new();
    memory.add_segment().unwrap();
    memory.insert(at(0, 5000), felt(7)).unwrap();
    for offset in 0..8000 {
        let expected = offset != 5000;
        assert_eq!(memory.insert(at(0, offset), felt(7)), Ok(expected));
    }
    assert_eq!(memory.iter().count(), 8000);
    assert_eq!(memory.segments()[0].runs().count(), 1);
}

#[test]
fn a_dense_part_reaches_over_cells_near_its_end_alone() {
    let mut memory = Memory::new();
    let base = memory.add_segment().expect("a segment");
    let dense = |memory: &Memory| memory.segments()[0].dense().1;
    assert!(memory.reach(at(0, 1000)) && dense(&memory) > 1000);
    assert!(!memory.reach(at(0, 1000)), "it is there already");
    for far in [at(0, 1 << 20), at(0, i64::MAX), at(0, -1), at(1, 0), at(-1, 0)] {
        assert!(!memory.reach(far), "{far}");
    }
    assert_eq!((memory.count(), memory.segments()[0].used_size()), (0, 0));
    assert!(memory.segments()[0].is_direct(), "nothing was written");
    memory.insert(base, felt(1)).expect("a free cell");
    assert!(!memory.segments()[0].is_direct());
    memory.set_limit(0);
    let end = i64::try_from(dense(&memory)).expect("a short segment");
    assert!(!memory.reach(at(0, end)), "beyond the limit");
}

#[test]
fn writes_that_are_refused() {
    let mut memory = Memory::new();
    memory.add_segment().unwrap();
    memory.insert(at(0, 1), felt(5)).unwrap();
    let texts = [
        memory.insert(at(0, 1), felt(6)),
        memory.insert(at(0, -1), felt(6)),
        memory.insert(at(3, 0), felt(6)),
        memory.insert(at(-1, 0), felt(6)),
    ]
    .map(|result| result.unwrap_err().to_string());
    assert_eq!(
        texts,
        [
            "Inconsistent memory assignment at address 0:1. 5 != 6.",
            "The offset of a relocatable value must be nonnegative. Found: 0:-1.",
            "There is no segment 3 to write 3:0 to.",
            "There is no segment -1 to write -1:0 to.",
        ]
    );
    assert_eq!(
        memory.require(at(0, -3)).unwrap_err().to_string(),
        "Unknown value for memory cell at address \
         0:3618502788666131213697322783095070105623107215331596699973092056135872020478."
    );
}

#[test]
fn relocation_rules_move_values_when_read_and_cells_at_the_end() {
    let mut memory = Memory::new();
    memory.add_segment().unwrap();
    let first = memory.add_temporary_segment().unwrap();
    let second = memory.add_temporary_segment().unwrap();
    assert_eq!((first, second), (at(-1, 0), at(-2, 0)));
    memory.insert(at(0, 0), at(-1, 4).into()).unwrap();
    memory.insert(at(-1, 2), felt(9)).unwrap();
    memory.add_relocation_rule(first, at(-2, 10)).unwrap();
    memory.add_relocation_rule(second, at(0, 100)).unwrap();
    assert_eq!(memory.get(at(0, 0)), Some(at(0, 114).into()));
    assert_eq!(memory.get(at(0, 112)), None, "addresses are not moved while running");
    memory.apply_relocation_rules().unwrap();
    assert_eq!(memory.get(at(0, 112)), Some(felt(9)));
    assert_eq!(memory.get(at(-1, 2)), None);
    assert_eq!(memory.cell(at(0, 0)).relocatable(), Some(at(0, 114)));
}

#[test]
fn a_segment_can_go_to_a_number() {
    let mut memory = Memory::new();
    memory.add_segment().unwrap();
    for _ in 0..3 {
        memory.add_temporary_segment().unwrap();
    }
    for (offset, value) in [(0, at(-1, 5)), (1, at(-2, 7))] {
        memory.insert(at(0, offset), value.into()).unwrap();
    }
    memory.add_relocation_rule(at(-1, 0), Felt::from_u64(100)).unwrap();
    memory.add_relocation_rule(at(-2, 0), at(-1, 1)).unwrap();
    memory.add_relocation_rule(at(-3, 0), Felt::ONE).unwrap();
    let values = [Some(felt(105)), Some(felt(108))];
    assert_eq!([0, 1].map(|offset| memory.get(at(0, offset))), values);
    memory.insert(at(-3, 2), felt(9)).unwrap();
    // A cell can't go there.
    let error = memory.apply_relocation_rules().unwrap_err();
    assert_eq!(error.kind(), MemoryErrorKind::PureAddress(felt(3)));
    assert_eq!([0, 1].map(|offset| memory.cell(at(0, offset)).value()), values);
}

#[test]
fn relocation_rules_that_are_refused() {
    let mut memory = Memory::new();
    memory.add_segment().unwrap();
    memory.add_temporary_segment().unwrap();
    memory.add_temporary_segment().unwrap();
    memory.add_relocation_rule(at(-1, 0), at(-2, 0)).unwrap();
    let kinds = [
        memory.add_relocation_rule(at(0, 0), at(0, 0)),
        memory.add_relocation_rule(at(-2, 1), at(0, 0)),
        memory.add_relocation_rule(at(-1, 0), at(0, 0)),
        memory.add_relocation_rule(at(-2, 0), at(-1, 5)),
        memory.add_relocation_rule(at(-3, 0), at(0, 0)),
    ]
    .map(|result| result.unwrap_err().kind());
    assert_eq!(
        kinds,
        [
            MemoryErrorKind::RuleOfRealSegment(at(0, 0)),
            MemoryErrorKind::RuleOffset(at(-2, 1)),
            MemoryErrorKind::SecondRule(at(-1, 0)),
            MemoryErrorKind::RuleLoop(at(-2, 0)),
            MemoryErrorKind::NoSegment(at(-3, 0)),
        ]
    );
}

#[test]
fn a_moved_cell_that_meets_another_value_is_an_error() {
    let mut memory = Memory::new();
    memory.add_segment().unwrap();
    memory.add_temporary_segment().unwrap();
    memory.insert(at(0, 0), felt(1)).unwrap();
    memory.insert(at(-1, 0), felt(2)).unwrap();
    memory.add_relocation_rule(at(-1, 0), at(0, 0)).unwrap();
    assert!(matches!(
        memory.apply_relocation_rules().unwrap_err().kind(),
        MemoryErrorKind::Inconsistent { .. }
    ));
}

#[test]
fn the_relocation_table() {
    let table = RelocationTable::new([7, 6, 1, 0, 0]).unwrap();
    assert_eq!(table.bases(), [1, 8, 14, 15, 15]);
    assert_eq!(table.address(at(1, 3)), Ok(Felt::from_u64(11)));
    assert_eq!(table.address(at(0, -2)), Ok(Felt::MINUS_ONE));
    assert_eq!(table.address(at(1, -1)), Err(RelocationError::OutsideField(at(1, -1))));
    assert_eq!(table.address(at(5, 0)), Err(RelocationError::NoSegment(at(5, 0))));
    assert_eq!(table.address(at(-1, 0)), Err(RelocationError::NoSegment(at(-1, 0))));
    assert_eq!(RelocationTable::new([u64::MAX, 5]), Err(RelocationError::TooLarge));
}

#[test]
fn a_limit_ends_growth_with_an_error() {
    let mut memory = Memory::new();
    memory.add_segment().unwrap();
    memory.add_execution_segment().unwrap();
    let limit: u64 = if cfg!(miri) { 1 << 18 } else { 8 << 20 };
    memory.set_limit(limit);
    let mut last = Ok(true);
    let mut offset = 0;
    while last.is_ok() && offset < 1 << 20 {
        last = memory.insert(at(1, offset), felt(1));
        offset += 1;
    }
    assert_eq!(last.unwrap_err().kind(), MemoryErrorKind::OutOfMemory(at(1, offset - 1)));
    assert!(offset.cast_unsigned() <= limit / 32 + 1);
    assert!(memory.insert(at(0, 1 << 40), felt(1)).is_err());
}
