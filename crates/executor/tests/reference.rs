//! The loop and the generic step against cairo-lang's own step function, on programs that
//! `data/generate.py` made up and ran there.

mod support;

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use cairo_zero_core::{Felt, Relocatable, Value};
use cairo_zero_executor::{ExecutionError, Registers};
use cairo_zero_memory::MemoryErrorKind;
use serde_json::Value as Json;
use support::{Cells, Outcome, Ran, World, at};

/// `-5` or `1:-5`.
fn value(text: &str) -> Value {
    match text.split_once(':') {
        Some((segment, offset)) => at(segment.parse().unwrap(), offset.parse().unwrap()).into(),
        None => text.parse::<Felt>().unwrap().into(),
    }
}

fn values(list: &Json) -> Vec<Option<Value>> {
    list.as_array().unwrap().iter().map(|cell| cell.as_str().map(value)).collect()
}

fn segments(list: &Json) -> Vec<Cells> {
    list.as_array().unwrap().iter().map(|cells| values(cells).into()).collect()
}

fn registers(list: &Json) -> Registers {
    let all: Vec<_> = values(list).into_iter().flatten().collect();
    Registers { pc: all[0], ap: all[1].relocatable().unwrap(), fp: all[2] }
}

fn rule(rule: &Json) -> (Relocatable, Relocatable) {
    let source = rule[0].as_i64().unwrap() as i32;
    (at(source, 0), value(rule[1].as_str().unwrap()).relocatable().unwrap())
}

/// Whether this error is one that the reference does not have: its offsets are numbers modulo the
/// prime and its memory is a dictionary, in which a number is an address as good as any.
fn is_limit(error: &ExecutionError) -> bool {
    match error {
        ExecutionError::Memory(error) => matches!(
            error.kind(),
            MemoryErrorKind::NegativeOffset(_)
                | MemoryErrorKind::NoSegment(_)
                | MemoryErrorKind::PureAddress(_)
        ),
        _ => false,
    }
}

/// Whether the sum of an address and a number left 64 bits. The reference goes on when nothing is
/// made of such a sum.
fn is_out_of_range(outcome: &Outcome) -> bool {
    use cairo_zero_core::ValueError::OffsetOutOfRange;
    matches!(outcome, Outcome::Failed(ExecutionError::Value(OffsetOutOfRange(..))))
}

fn check(case: &Json, world: &World, ran: &Ran) {
    let machine = &ran.machine;
    if is_out_of_range(&ran.outcome) {
        assert!(machine.steps() <= case["n"].as_u64().unwrap());
        return;
    }
    assert_eq!(machine.steps(), case["n"].as_u64().unwrap());
    match (&ran.outcome, case["e"].as_str()) {
        (Outcome::Failed(ExecutionError::Decode(_)), Some("decode")) => {}
        (Outcome::Failed(error), Some(expected)) => assert_eq!(error.to_string(), expected),
        (Outcome::Failed(error), None) => {
            assert!(case.get("b").is_some() && is_limit(error), "{error}");
            // The step that is beyond us may have moved registers and set cells.
            return;
        }
        (Outcome::Stopped(_), None) => assert!(case.get("b").is_none(), "not beyond the limits"),
        (outcome, expected) => panic!("{outcome:?}, but expected {expected:?}"),
    }
    assert_eq!(machine.registers(), registers(&case["f"]));
    let mut cells: BTreeMap<_, _> = ran.cells().into_iter().collect();
    for (at, _) in world.machine().memory.iter() {
        cells.remove(&at);
    }
    let new: Vec<_> = values(&case["m"]).into_iter().flatten().collect();
    let new: BTreeMap<_, _> =
        new.chunks(2).map(|pair| (pair[0].relocatable().unwrap(), pair[1])).collect();
    assert_eq!(cells, new);
}

#[test]
fn programs_end_as_in_the_reference() {
    let cases: Vec<Json> = serde_json::from_str(include_str!("data/reference.json")).unwrap();
    let mut out_of_range = 0;
    for (number, case) in cases.iter().enumerate() {
        let failing = case.get("e").or(case.get("b")).is_some();
        let world = World {
            segments: segments(&case["s"]),
            temporary: segments(&case["t"]),
            rules: case["r"].as_array().into_iter().flatten().map(rule).collect(),
            registers: registers(&case["g"]),
            end: at(5, 0),
            limit: case["n"].as_u64().unwrap() + u64::from(failing),
            pause: case["n"].as_u64().unwrap() / 2,
            ..World::new(Vec::new())
        };
        for ran in [world.run(), world.step()] {
            let checked = catch_unwind(AssertUnwindSafe(|| check(case, &world, &ran)));
            assert!(checked.is_ok(), "case {number}: {:?} {world:#?}", ran.outcome);
            let early = case.get("b").is_none() && is_out_of_range(&ran.outcome);
            out_of_range += usize::from(early);
        }
    }
    assert!(out_of_range * 50 < cases.len(), "{out_of_range} runs left 64 bits");
}
