//! What names stand for, on a program of ours (`data/ids.cairo`, compiled by cairo-lang 0.14.0.1).

use std::path::Path;
use std::sync::Arc;

use cairo_zero_core::{Felt, Relocatable, Value};
use cairo_zero_executor::{Machine, Registers};
use cairo_zero_hints::{
    Choice, Engine, ExceptionClass, Item, NameScope, Names, Options, Runner, Scope, Scopes,
};
use cairo_zero_memory::Memory;
use cairo_zero_program::Program;

fn program() -> Arc<Program> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/ids.json");
    Arc::new(Program::from_json(&std::fs::read(path).expect("the file")).expect("a program"))
}

/// A machine with nothing but a frame in segment 1 whose cells below `fp` are those of `foo`.
fn machine() -> Machine {
    let mut memory = Memory::new();
    memory.add_segment().expect("a segment");
    let base = memory.add_execution_segment().expect("a segment");
    let point = Relocatable::new(base.segment, 0);
    memory.load(point, [Value::from(100_u64), Value::from(101_u64)]).expect("room");
    // The first argument of `foo` is `p: Point*`, ten cells below the frame.
    let fp = Relocatable::new(base.segment, 20);
    memory.insert(Relocatable::new(base.segment, 10), point.into()).expect("room");
    let registers = Registers { pc: Relocatable::new(0, 2).into(), ap: fp, fp: fp.into() };
    Machine::new(memory, Default::default(), registers)
}

fn get(names: &Names, scope: &NameScope, name: &str) -> Result<Item, cairo_zero_hints::Exception> {
    let machine = machine();
    names.get(scope, name, machine.registers().into(), &machine)
}

#[test]
fn kinds_of_names() {
    let names = Names::new(program());
    let ids = names.root(0).expect("a hint");
    assert!(matches!(get(&names, ids, "C1"), Ok(Item::Constant(c)) if c.to_i64() == Some(-3)));
    assert!(matches!(get(&names, ids, "k"), Ok(Item::Value(v)) if v == Value::from(5_u64)));
    let Ok(Item::Pointer(point, address)) = get(&names, ids, "p") else {
        panic!("p is a struct in memory");
    };
    assert_eq!(address, Value::from(Relocatable::new(1, 0)));
    assert_eq!((point.name(), point.size()), ("__main__.Point", 2));
    assert_eq!(point.member("y").map(|member| member.offset), Ok(1));
    assert!(matches!(get(&names, ids, "Line"), Ok(Item::Struct(line)) if line.size() == 5));
    let Ok(Item::Scope(ns)) = get(&names, ids, "ns") else {
        panic!("ns is a namespace");
    };
    assert!(matches!(get(&names, &ns, "D"), Ok(Item::Constant(d)) if d.to_i64() == Some(5)));
    let missing = get(&names, &ns, "nope").expect_err("no such name");
    assert_eq!(missing.class(), ExceptionClass::MissingIdentifierError);
    assert_eq!(missing.message(), "Unknown identifier 'ns.nope'.");
}

#[test]
fn unknown_cells_are_shown_in_their_expression() {
    let names = Names::new(program());
    let error = get(&names, names.root(0).expect("a hint"), "loc").expect_err("unset");
    assert_eq!(
        error.message(),
        ":1:1: Unknown value for memory cell at address 1:20.\n\
         [cast(fp, felt*)]\n^***************^"
    );
}

#[test]
fn names_are_assigned() {
    let names = Names::new(program());
    let ids = names.root(0).expect("a hint");
    let mut machine = machine();
    names.set(ids, "loc", Value::from(5_u64), &mut machine).expect("a local variable");
    assert_eq!(machine.memory.get(Relocatable::new(1, 20)), Some(Value::from(5_u64)));
    let again = names.set(ids, "loc", Value::Felt(Felt::MINUS_ONE), &mut machine);
    let again = again.expect_err("written once");
    assert_eq!(again.class(), ExceptionClass::InconsistentMemoryError);
    for (name, message) in [
        ("k", "__main__.foo.k (= 5) does not reference memory and cannot be assigned."),
        ("C1", "Cannot change the value of a constant."),
        ("Point", "Cannot change the value of a struct definition."),
        ("ns", "Cannot change the value of a scope definition."),
    ] {
        let error = names.set(ids, name, Value::from(5_u64), &mut machine).expect_err(name);
        assert_eq!(error.message(), message);
    }
}

#[test]
fn scopes_end_where_they_began() {
    let mut scopes = Scopes::new();
    assert!(scopes.exit().is_err());
    scopes.enter(Scope::default());
    let open = scopes.check_closed().expect_err("one is open");
    assert_eq!(open.to_string(), "Every enter_scope() requires a corresponding exit_scope().");
    scopes.exit().expect("one is open");
    scopes.check_closed().expect("none is open");
}

#[test]
fn hints_without_an_interpreter_fail_when_reached() {
    let options = Options { choice: Choice::Interpreter, ..Options::default() };
    let mut engine = Engine::load(program(), options).expect("a program");
    assert!(engine.runners().all(|runner| runner == Runner::Interpreter));
    let mut machine = machine();
    let error = cairo_zero_executor::HintHandler::run_hints(&mut engine, &mut machine, 0);
    assert_eq!(error.expect_err("no interpreter").offset, 2);
}
