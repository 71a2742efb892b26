//! Stores and reads through pointers into builtins' segments: the loop's short ways there leave what
//! the generic step leaves, and the checks at the end of the run, which trust the loop's own writes,
//! find the same.

mod support;

use std::rc::Rc;

use cairo_zero_core::{BuiltinName, Felt, Relocatable, Value};
use cairo_zero_decoder::{ApUpdate, Instruction, Op1Addr, Opcode, Register};
use cairo_zero_executor::{ExecutionError, Machine, NoHints, RuleError, Rules, Stopped};
use cairo_zero_memory::Segment;
use proptest::prelude::*;
use proptest::sample::select;
use support::{Action, Cells, EXECUTION, NOTHING, Outcome, Ran, World, address, at, felt, word};

const BITWISE: i32 = 3;
const RANGE_CHECK: i32 = 4;
const RANGE_CHECK96: i32 = 5;
const PEDERSEN: i32 = 6;
const OUTPUT: i32 = 7;
const SEGMENTS: [(BuiltinName, i32); 5] = [
    (BuiltinName::Bitwise, BITWISE),
    (BuiltinName::RangeCheck, RANGE_CHECK),
    (BuiltinName::RangeCheck96, RANGE_CHECK96),
    (BuiltinName::Pedersen, PEDERSEN),
    (BuiltinName::Output, OUTPUT),
];

/// How many cells of arguments there are below the frame, and how many of them are pointers.
const ARGUMENTS: i16 = 16;
const POINTERS: i16 = 6;

/// `[fp + off0] = [[fp + off1] + off2]`
const fn access(off0: i16, off1: i16, off2: i16) -> Instruction {
    Instruction { off0, off1, off2, op1_addr: Op1Addr::Op0, opcode: Opcode::AssertEq, ..NOTHING }
}

/// `[ap] = [[fp + off1] + off2]; ap++`
const fn push(off1: i16, off2: i16) -> Instruction {
    Instruction { dst_register: Register::Ap, ap_update: ApUpdate::Add1, ..access(0, off1, off2) }
}

/// Where argument `number` is from `fp`.
const fn argument(number: i16) -> i16 {
    number - ARGUMENTS - 2
}

/// A world with these pointers and values as arguments.
fn world(program: &[Instruction], pointers: &[Value], values: &[Value]) -> World {
    let mut world = World::new(program.iter().map(word).collect());
    let mut arguments = vec![None; ARGUMENTS as usize];
    for (place, value) in arguments.iter_mut().zip(pointers) {
        *place = Some(*value);
    }
    for (place, value) in arguments[POINTERS as usize..].iter_mut().zip(values) {
        *place = Some(*value);
    }
    let frame = [Some(address(EXECUTION, 0)), Some(address(2, 0))];
    world.segments[EXECUTION as usize] = [arguments, frame.to_vec()].concat().into();
    world.segments.resize(SEGMENTS.len() + 3, Cells::default());
    world.builtins = SEGMENTS.to_vec();
    world.registers.ap = at(EXECUTION, i64::from(ARGUMENTS) + 2);
    world.registers.fp = world.registers.ap.into();
    world.end = at(0, program.len() as i64);
    world
}

/// Argument number `number` of the values.
const fn value(number: i16) -> i16 {
    argument(POINTERS + number)
}

fn power(bits: u32) -> Value {
    (0..bits).fold(Felt::ONE, |power, _| power + power).into()
}

fn less_one(number: Value) -> Value {
    number.checked_sub(felt(1)).expect("a number")
}

/// What the checks at the end of the run say.
fn ends(machine: &mut Machine) -> [Result<(), String>; 2] {
    let Machine { memory, builtins, .. } = machine;
    let _ = memory.apply_relocation_rules();
    let deductions = builtins.verify_auto_deductions(memory);
    let security = builtins.run_security_checks(memory);
    [deductions, security].map(|outcome| outcome.map_err(|error| error.to_string()))
}

/// Runs the world by the loop and step by step: both leave the same, and the end says the same.
fn check(world: &World) -> (Ran, [Result<(), String>; 2]) {
    let (mut ran, mut stepped) = (world.run(), world.step());
    assert_eq!(ran.outcome, stepped.outcome);
    assert_eq!(ran.machine.registers(), stepped.machine.registers());
    assert_eq!(ran.machine.steps(), stepped.machine.steps());
    assert_eq!(ran.cells(), stepped.cells());
    let ended = ends(&mut ran.machine);
    assert_eq!(ended, ends(&mut stepped.machine));
    (ran, ended)
}

fn is_direct(ran: &Ran, segment: i32) -> bool {
    ran.machine.memory.segment(segment).is_some_and(Segment::is_direct)
}

#[test]
fn usual_instances_are_written_by_the_loop_alone() {
    let pointers = [address(BITWISE, 5), address(RANGE_CHECK, 1)];
    let (x, y, bits) = (argument(0), value(0), value(1));
    let program = [
        access(y, x, 0),
        access(bits, x, 1),
        push(x, 2),
        push(x, 4),
        push(x, 3),
        access(y, argument(1), 0),
    ];
    let world = world(&program, &pointers, &[felt(0b1100), felt(0b1010)]);
    let (ran, ended) = check(&world);
    assert_eq!(ran.outcome, Outcome::Stopped(Stopped::End));
    let pushed = [0b1000, 0b1110, 0b0110].map(|number| Some(felt(number)));
    let ap = i64::from(ARGUMENTS) + 2;
    let found = [0, 1, 2].map(|by| ran.machine.memory.get(at(EXECUTION, ap + by)));
    assert_eq!(found, pushed);
    assert!(is_direct(&ran, BITWISE) && is_direct(&ran, RANGE_CHECK));
    let missing = "Missing memory cells for bitwise: 0, 1.";
    assert_eq!(ended, [Ok(()), Err(missing.to_owned())], "the first instance was left out");
}

#[test]
fn numbers_at_the_bounds() {
    let cases = [
        (RANGE_CHECK, less_one(power(128)), true),
        (RANGE_CHECK, power(128), false),
        (RANGE_CHECK, power(192), false),
        (RANGE_CHECK, felt(-1), false),
        (RANGE_CHECK, address(RANGE_CHECK, 0), false),
        (RANGE_CHECK96, less_one(power(96)), true),
        (RANGE_CHECK96, power(96), false),
        (RANGE_CHECK96, power(127), false),
        (RANGE_CHECK96, felt(-1), false),
    ];
    for (segment, number, allowed) in cases {
        let program = [access(value(0), argument(0), 0)];
        let world = world(&program, &[address(segment, 0)], &[number]);
        let (ran, ended) = check(&world);
        assert_eq!(matches!(ran.outcome, Outcome::Stopped(_)), allowed, "{number}");
        assert_eq!(ran.machine.memory.get(at(segment, 0)), Some(number), "{number} stays");
        assert_eq!(is_direct(&ran, segment), allowed, "{number}");
        assert_eq!(ended[1].is_ok(), allowed, "{number}");
    }
}

#[test]
fn what_is_no_operand_is_refused_as_late_as_ever() {
    for (x, known) in [(less_one(power(251)), true), (power(251), false), (felt(-1), false)] {
        let stores = [access(value(0), argument(0), 0), access(value(1), argument(0), 1)];
        let stored = world(&stores, &[address(BITWISE, 0)], &[felt(3), x]);
        let (ran, ended) = check(&stored);
        assert_eq!(ran.outcome, Outcome::Stopped(Stopped::End));
        assert_eq!(is_direct(&ran, BITWISE), known);
        assert_eq!((ended[0].is_ok(), ended[1].is_ok()), (true, known), "no output is set");
        let read = [stores.as_slice(), &[push(argument(0), 3)]].concat();
        let read = world(&read, &[address(BITWISE, 0)], &[felt(3), x]);
        assert_eq!(matches!(check(&read).0.outcome, Outcome::Stopped(_)), known);
    }
    let stores =
        [access(value(0), argument(0), 0), access(value(1), argument(0), 1), push(argument(0), 2)];
    let world = world(&stores, &[address(BITWISE, 0)], &[address(EXECUTION, 0), felt(1)]);
    let text = check(&world).0.error().to_string();
    assert_eq!(text, "bitwise builtin: Expected integer at address 3:0. Got: 1:0.");
}

#[test]
fn an_output_asserted_before_or_after_its_operands() {
    let (pointer, x, y, both) = (argument(0), value(0), value(1), value(2));
    let operands = [access(x, pointer, 0), access(y, pointer, 1)];
    let output = [access(both, pointer, 2)];
    for (claimed, holds) in [(8, true), (9, false)] {
        let values = [felt(12), felt(10), felt(claimed)];
        let after = [operands.as_slice(), &output].concat();
        let (ran, ended) = check(&world(&after, &[address(BITWISE, 0)], &values));
        match holds {
            true => assert_eq!(ended, [Ok(()), Ok(())]),
            false => assert!(matches!(ran.error(), ExecutionError::AssertEq(..))),
        }
        let before = [output.as_slice(), &operands].concat();
        let (ran, ended) = check(&world(&before, &[address(BITWISE, 0)], &values));
        assert_eq!(ran.outcome, Outcome::Stopped(Stopped::End), "nothing was known by then");
        assert!(!is_direct(&ran, BITWISE));
        assert_eq!(ended[0].is_ok(), holds);
    }
}

#[test]
fn a_cell_written_twice() {
    for segment in [BITWISE, RANGE_CHECK, PEDERSEN, OUTPUT] {
        let program = [access(value(0), argument(0), 0), access(value(1), argument(0), 0)];
        let same = world(&program, &[address(segment, 0)], &[felt(7), felt(7)]);
        assert_eq!(check(&same).0.outcome, Outcome::Stopped(Stopped::End));
        let other = world(&program, &[address(segment, 0)], &[felt(7), felt(8)]);
        assert!(matches!(check(&other).0.error(), ExecutionError::AssertEq(..)));
    }
}

#[test]
fn what_a_hint_wrote_is_looked_at() {
    let program =
        [access(value(0), argument(0), 0), access(value(1), argument(0), 1), push(argument(0), 3)];
    for (claimed, holds) in [(8, true), (9, false)] {
        let mut world = world(&program, &[address(BITWISE, 0)], &[felt(12), felt(10)]);
        let lie = Action::Store(address(BITWISE, 2), felt(claimed));
        world.hints = vec![(at(0, 2), vec![lie])];
        let (ran, ended) = check(&world);
        assert_eq!(ran.outcome, Outcome::Stopped(Stopped::End));
        assert_eq!(ended[0].is_ok(), holds);
    }
}

#[test]
fn long_segments_stay_the_loops_own() {
    // Instances at a distance: the segment's memory grows and moves several times.
    let pointers = (0..i64::from(POINTERS)).map(|at| address(BITWISE, at * 16_000));
    let pointers: Vec<_> = pointers.collect();
    let mut program = Vec::new();
    for pointer in 0..POINTERS {
        for step in 0..32 {
            let instance = step * 500;
            program.push(access(value(0), argument(pointer), instance));
            program.push(access(value(1), argument(pointer), instance + 1));
            program.push(push(argument(pointer), instance + 4));
        }
    }
    let mut world = world(&program, &pointers, &[felt(12), felt(10)]);
    world.limit = 10_000;
    let (ran, ended) = check(&world);
    assert_eq!(ran.outcome, Outcome::Stopped(Stopped::End));
    assert!(is_direct(&ran, BITWISE));
    let output = at(BITWISE, 5 * 16_000 + 31 * 500 + 4);
    assert_eq!(ran.machine.memory.get(output), Some(felt(14)));
    assert_eq!(ended[0], Ok(()));
    assert!(ended[1].is_err(), "instances were left out");
}

/// A rule for one segment, as a hint adds it: values above ten are refused.
struct UpToTen(i32);

impl Rules for UpToTen {
    fn segments(&self) -> Vec<i32> {
        vec![self.0]
    }

    fn validates(&self, segment: i32) -> bool {
        segment == self.0
    }

    fn deduces(&self, _: i32) -> bool {
        false
    }

    fn validate(&self, machine: &mut Machine, address: Relocatable) -> Result<(), RuleError> {
        match machine.memory.get(address) {
            Some(value) if (0..=10).any(|number| value == felt(number)) => Ok(()),
            _ => Err(RuleError { message: "above ten".to_owned(), exit: None }),
        }
    }

    fn deduce(&self, _: &mut Machine, _: Relocatable) -> Result<Option<Value>, RuleError> {
        Ok(None)
    }

    fn verify(&self, _: &mut Machine) -> Result<(), RuleError> {
        Ok(())
    }
}

#[test]
fn a_rule_for_a_builtins_segment_sees_every_store_from_then_on() {
    for segment in [BITWISE, RANGE_CHECK, PEDERSEN, OUTPUT] {
        let program = [access(value(0), argument(0), 0), access(value(1), argument(0), 1)];
        for (second, refused) in [(10, false), (11, true)] {
            let values = [felt(11), felt(second)];
            let world = world(&program, &[address(segment, 0)], &values);
            let mut machine = world.machine();
            let first = machine.run(world.end, 1, &mut NoHints);
            assert_eq!(first.expect("one step"), Stopped::StepLimit);
            machine.set_rules(Rc::new(UpToTen(segment)));
            let outcome = machine.run(world.end, 2, &mut NoHints);
            assert_eq!(outcome.is_err(), refused, "{segment}: {second}");
            assert_eq!(machine.memory.get(at(segment, 1)), Some(felt(second)));
        }
    }
}

fn pointers() -> impl Strategy<Value = Value> {
    let offsets = prop_oneof![4 => 0..12_i64, 1 => 1000..2060_i64, 1 => Just(-1_i64)];
    prop_oneof![
        20 => (select(vec![3, 3, 3, 4, 5, 6, 7]), offsets).prop_map(|(at, by)| address(at, by)),
        1 => Just(address(EXECUTION, 0)),
        1 => Just(felt(3)),
        1 => Just(address(-1, 0)),
    ]
}

fn values() -> impl Strategy<Value = Value> {
    let edges = [96, 128, 192, 250, 251].map(power);
    let edges = edges.into_iter().flat_map(|edge| [edge, less_one(edge)]).chain([felt(-1)]);
    prop_oneof![
        6 => (0..20_i64).prop_map(felt),
        1 => select(edges.collect::<Vec<_>>()),
        1 => pointers(),
    ]
}

/// Mostly stores of values into first cells of instances, and reads of the others.
fn accesses() -> impl Strategy<Value = Instruction> {
    let offset = prop_oneof![8 => 0..12_i16, 1 => 0..1000_i16];
    (0..POINTERS, offset, 0..14_i16).prop_map(|(pointer, offset, number)| match number {
        0..4 => push(argument(pointer), offset),
        _ => access(value(number - 4), argument(pointer), offset),
    })
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 3000,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn the_loop_and_the_checks_equal_the_generic_step(
        program in prop::collection::vec(accesses(), 1..40),
        pointers in prop::collection::vec(pointers(), POINTERS as usize),
        values in prop::collection::vec(values(), 10),
        lie in prop::option::weighted(0.1, (0..40_i64, 0..12_i64, values())),
    ) {
        let mut world = world(&program, &pointers, &values);
        world.temporary = vec![Cells::default()];
        world.rules = vec![(at(-1, 0), at(BITWISE, 5))];
        if let Some((pc, offset, value)) = lie {
            let lie = Action::Store(address(BITWISE, offset), value);
            world.hints = vec![(at(0, pc), vec![lie])];
        }
        let _ = check(&world);
    }
}
