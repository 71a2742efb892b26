//! Handlers of each kind with known values, without an interpreter: rows are found by name and get
//! operands of a program made here.

mod squash;

use std::sync::Arc;

use cairo_zero_builtins::Builtins;
use cairo_zero_core::{BuiltinName, Felt, Relocatable, Value};
use cairo_zero_executor::{Machine, Registers};
use cairo_zero_memory::Memory;
use cairo_zero_program::Program;

use super::{Hint, ROWS, STORED};
use crate::ids::Site;
use crate::object::Object;
use crate::{Int, Names, Native, Scope, Scopes, Stop, Symbol};

/// What a hint's names are: references with their expressions, constants, and structs of felts.
#[derive(Default)]
struct Text {
    references: Vec<(&'static str, &'static str)>,
    constants: Vec<(&'static str, &'static str)>,
    structs: Vec<(&'static str, &'static [&'static str])>,
}

impl Text {
    fn names(&self) -> Names {
        let mut identifiers =
            vec![r#""__main__.main": {"type": "function", "pc": 0, "decorators": []}"#.to_owned()];
        let mut references = Vec::new();
        let mut ids = Vec::new();
        for (at, (name, value)) in self.references.iter().enumerate() {
            identifiers.push(format!(
                r#""__main__.main.{name}": {{"type": "reference", "full_name": "__main__.main.{name}",
                "cairo_type": "felt", "references": []}}"#
            ));
            ids.push(format!(r#""__main__.main.{name}": {at}"#));
            references.push(format!(
                r#"{{"ap_tracking_data": {{"group": 0, "offset": 0}}, "pc": 0, "value": "{value}"}}"#
            ));
        }
        for (name, value) in &self.constants {
            identifiers
                .push(format!(r#""__main__.{name}": {{"type": "const", "value": {value}}}"#));
        }
        for (name, members) in &self.structs {
            let members: Vec<String> = (0..)
                .zip(members.iter())
                .map(|(at, member)| {
                    format!(r#""{member}": {{"cairo_type": "felt", "offset": {at}}}"#)
                })
                .collect();
            identifiers.push(format!(
                r#""__main__.{name}": {{"type": "struct", "full_name": "__main__.{name}",
                "size": {}, "members": {{{}}}}}"#,
                members.len(),
                members.join(", ")
            ));
        }
        let json = format!(
            r#"{{"attributes": [], "builtins": [], "compiler_version": "0.14.0.1", "data": ["0x0"],
            "debug_info": null, "main_scope": "__main__",
            "prime": "0x800000000000011000000000000000000000000000000000000000000000001",
            "hints": {{"0": [{{"accessible_scopes": ["__main__", "__main__.main"], "code": "pass",
            "flow_tracking_data": {{"ap_tracking": {{"group": 0, "offset": 0}},
            "reference_ids": {{{}}}}}}}]}},
            "identifiers": {{{}}}, "reference_manager": {{"references": [{}]}}}}"#,
            ids.join(", "),
            identifiers.join(", "),
            references.join(", ")
        );
        Names::new(Arc::new(Program::from_json(json.as_bytes()).expect("a program")))
    }
}

/// The native hint of a row.
fn make(row: &str, names: &Names) -> Hint {
    let site = Site::new(names, 0).expect("the hint");
    let mut rows = ROWS.iter().flat_map(|rows| rows.iter());
    let row = rows.find(|known| known.name == row).expect("the row");
    (row.make)(&site).expect("operands")
}

const FP: Relocatable = Relocatable::new(1, 10);

/// A machine with these cells from `fp` on, and empty segments behind.
fn machine(cells: &[Value]) -> Machine {
    let mut memory = Memory::new();
    for _ in 0..6 {
        memory.add_segment().expect("a segment");
    }
    for (at, value) in (0..).zip(cells) {
        memory.insert(FP.checked_add(at).expect("near"), *value).expect("a free cell");
    }
    let mut builtins = Builtins::default();
    assert!(builtins.add(BuiltinName::RangeCheck, Relocatable::new(2, 0), true));
    let pc = Value::Relocatable(Relocatable::new(0, 0));
    let ap = Relocatable::new(1, 50);
    Machine::new(memory, builtins, Registers { pc, ap, fp: Value::Relocatable(FP) })
}

fn run(hint: &Hint, machine: &mut Machine, scopes: &mut Scopes) -> Result<(), Stop> {
    let names = std::rc::Rc::new(Text::default().names());
    hint.run(&mut Native { machine, scopes, names: &names, hint: 0, interpreter: &mut None })
}

fn cell(machine: &Machine, at: i64) -> Option<Value> {
    machine.memory.get(FP.checked_add(at)?)
}

fn set(scopes: &mut Scopes, name: &str, object: Object) {
    if let Scope::Native(variables) = scopes.innermost() {
        variables.set(Symbol::new(name), object);
    }
}

fn get(scopes: &mut Scopes, name: &str) -> String {
    match scopes.innermost() {
        Scope::Native(variables) => format!("{:?}", variables.get(Symbol::new(name))),
        Scope::Interpreter(_) => String::new(),
    }
}

#[test]
fn felts() {
    let names = Text { references: vec![("a", "[cast(fp, felt*)]")], ..Text::default() };
    let hint = make("assert_nn", &names.names());
    let mut scopes = Scopes::new();
    let largest = Value::Felt(Felt::from_u128(u128::MAX));
    assert_eq!(run(&hint, &mut machine(&[largest]), &mut scopes), Ok(()));
    assert_eq!(
        get(&mut scopes, "assert_integer"),
        "Some(starkware.cairo.common.math_utils:assert_integer)"
    );
    for refused in [Value::Felt(Felt::MINUS_ONE), Value::Relocatable(FP)] {
        let outcome = run(&hint, &mut machine(&[refused]), &mut Scopes::new());
        assert_eq!(outcome, Err(Stop::Decline));
    }
    assert_eq!(run(&hint, &mut machine(&[]), &mut Scopes::new()), Err(Stop::Decline));
}

#[test]
fn quotients_round_down() {
    let references = [
        ("value", "[cast(fp, felt*)]"),
        ("div", "[cast(fp + 1, felt*)]"),
        ("bound", "[cast(fp + 2, felt*)]"),
        ("r", "[cast(fp + 3, felt*)]"),
        ("biased_q", "[cast(fp + 4, felt*)]"),
    ];
    let program = Text { references: references.to_vec(), ..Text::default() };
    let hint = make("signed_div_rem", &program.names());
    let mut scopes = Scopes::new();
    let mut machine =
        machine(&[-Felt::from_u64(7), Felt::from_u64(2), Felt::from_u64(100)].map(Value::Felt));
    assert_eq!(run(&hint, &mut machine, &mut scopes), Ok(()));
    assert_eq!(cell(&machine, 3), Some(Value::from(1)));
    assert_eq!(cell(&machine, 4), Some(Value::from(96)));
    assert_eq!(get(&mut scopes, "q"), "Some(-4)");
}

#[test]
fn sums_of_256_bits() {
    let program = Text {
        references: vec![
            ("a", "[cast(fp, __main__.Uint256*)]"),
            ("b", "[cast([fp + 2], __main__.Uint256*)]"),
            ("carry_low", "[cast(fp + 3, felt*)]"),
            ("carry_high", "[cast(fp + 4, felt*)]"),
        ],
        constants: vec![("SHIFT", "340282366920938463463374607431768211456")],
        structs: vec![("Uint256", &["low", "high"])],
    };
    let hint = make("uint256_add", &program.names());
    let top = Value::Felt(Felt::from_u128(u128::MAX));
    let behind = Relocatable::new(3, 0);
    let mut machine = machine(&[top, top, Value::Relocatable(behind)]);
    for (at, value) in [(0, 1), (1, 0)] {
        machine.memory.insert(Relocatable::new(3, at), Value::from(value)).expect("a free cell");
    }
    let mut scopes = Scopes::new();
    assert_eq!(run(&hint, &mut machine, &mut scopes), Ok(()));
    assert_eq!(
        (cell(&machine, 3), cell(&machine, 4)),
        (Some(Value::from(1)), Some(Value::from(1)))
    );
    assert_eq!(get(&mut scopes, "sum_high"), "Some(340282366920938463463374607431768211456)");
}

#[test]
fn loops_and_lists_are_changed_only_when_all_is_well() {
    let more = ("continue_copying", "[cast(fp, felt*)]");
    let program = Text { references: vec![more], ..Text::default() };
    let hint = make("memcpy_continue", &program.names());
    let mut scopes = Scopes::new();
    set(&mut scopes, "n", Object::from(2));
    assert_eq!(run(&hint, &mut machine(&[]), &mut scopes), Ok(()));
    assert_eq!(get(&mut scopes, "n"), "Some(1)");
    // The cell holds something else: the text is to say so, with `n` as it was.
    assert_eq!(run(&hint, &mut machine(&[Value::from(7)]), &mut scopes), Err(Stop::Decline));
    assert_eq!(get(&mut scopes, "n"), "Some(1)");

    let next = make(
        "squash_dict_next_key",
        &Text { references: vec![("next_key", "[cast(fp, felt*)]")], ..Text::default() }.names(),
    );
    set(&mut scopes, "keys", Object::list(vec![Object::from(9), Object::from(5)]));
    assert_eq!(run(&next, &mut machine(&[Value::from(7)]), &mut scopes), Err(Stop::Decline));
    assert_eq!(get(&mut scopes, "keys"), "Some([9, 5])");
    assert_eq!(run(&next, &mut machine(&[]), &mut scopes), Ok(()));
    assert_eq!(
        (get(&mut scopes, "keys"), get(&mut scopes, "key")),
        ("Some([9])".into(), "Some(5)".into())
    );
}

#[test]
fn dictionaries() {
    let program = Text {
        references: vec![
            ("default_value", "[cast(fp, felt*)]"),
            ("dict_ptr", "[cast(fp + 1, __main__.DictAccess**)]"),
            ("key", "[cast(fp + 2, felt*)]"),
            ("value", "[cast(fp + 3, felt*)]"),
        ],
        structs: vec![("DictAccess", &["key", "prev_value", "new_value"])],
        ..Text::default()
    };
    let names = program.names();
    let (create, read) = (make("default_dict_new", &names), make("dict_read", &names));
    let mut scopes = Scopes::new();
    let base = Relocatable::new(6, 0);
    let mut machine = machine(&[Value::from(17), Value::Relocatable(base), Value::from(5)]);
    assert_eq!(run(&create, &mut machine, &mut scopes), Ok(()));
    assert_eq!(machine.memory.get(Relocatable::new(1, 50)), Some(Value::Relocatable(base)));
    assert_eq!(run(&read, &mut machine, &mut scopes), Ok(()));
    assert_eq!(cell(&machine, 3), Some(Value::from(17)));
    // The dictionary has moved on by one access.
    assert_eq!(run(&read, &mut machine, &mut scopes), Err(Stop::Decline));
}

#[test]
fn curve_points() {
    let program = Text {
        references: vec![("res", "[cast(fp, __main__.Big*)]")],
        structs: vec![("Big", &["d0", "d1", "d2"])],
        ..Text::default()
    };
    let hint = make("nondet_bigint3", &program.names());
    let mut scopes = Scopes::new();
    set(&mut scopes, "value", Object::Int(Int::from([0, 0, 0, 1 << 63])));
    let mut machine = machine(&[]);
    assert_eq!(run(&hint, &mut machine, &mut scopes), Ok(()));
    let parts = [0, 1, 2].map(|at| cell(&machine, at));
    assert_eq!(parts, [0, 0, 1_u128 << 83].map(|part| Some(Value::Felt(Felt::from_u128(part)))));
    set(&mut scopes, "value", Object::from(-1));
    assert_eq!(run(&hint, &mut machine, &mut scopes), Err(Stop::Decline));
}

#[test]
fn expressions() {
    let names = Text { references: vec![("a", "[cast(fp, felt*)]")], ..Text::default() };
    let names = names.names();
    let site = Site::new(&names, 0).expect("the hint");
    let value = |row: &str, a: Felt| {
        let mut rows = STORED.iter().flat_map(|rows| rows.iter());
        let row = rows.find(|known| known.name == row).expect("the row");
        let expression = (row.make)(&site).expect("operands");
        let (machine, scopes) = (&mut machine(&[Value::Felt(a)]), &mut Scopes::new());
        let empty = std::rc::Rc::new(Text::default().names());
        expression(&mut Native { machine, scopes, names: &empty, hint: 0, interpreter: &mut None })
    };
    assert_eq!(value("is_nn", Felt::from_u128(u128::MAX)), Some(Value::from(0)));
    assert_eq!(value("is_nn", Felt::MINUS_ONE), Some(Value::from(1)));
    assert_eq!(value("is_nn_out_of_range", Felt::MINUS_ONE), Some(Value::from(0)));
    assert_eq!(value("is_nn_out_of_range", Felt::ZERO), Some(Value::from(1)));
}

/// The first lane of Keccak's zero state after a permutation.
#[test]
fn hashes() {
    let program = Text {
        references: vec![("keccak_ptr", "[cast(fp, felt**)]")],
        constants: vec![("KECCAK_STATE_SIZE_FELTS", "25")],
        ..Text::default()
    };
    let hint = make("cairo_keccak_permutation", &program.names());
    let mut machine = machine(&[Value::Relocatable(Relocatable::new(3, 25))]);
    for at in 0..25 {
        machine.memory.insert(Relocatable::new(3, at), Value::from(0)).expect("a free cell");
    }
    assert_eq!(run(&hint, &mut machine, &mut Scopes::new()), Ok(()));
    let first = machine.memory.get(Relocatable::new(3, 25));
    assert_eq!(first, Some(Value::from(0xf125_8f79_40e1_dde7)));
}
