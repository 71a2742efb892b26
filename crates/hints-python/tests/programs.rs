//! Runs small compiled programs whose hints print what they see, and compares with what cairo-lang's
//! `cairo-run` printed for the same files (`data/*.cairo`, `data/*.json`, `data/*.txt`).
//!
//! `data/README.md` says how the files are made.

use std::cell::RefCell;
use std::io::Write;
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;

use cairo_zero_builtins::Builtins;
use cairo_zero_core::{Relocatable, Value};
use cairo_zero_executor::{HintOr, Machine, Registers, Stopped};
use cairo_zero_hints::{Choice, Engine, FailureKind, Options};
use cairo_zero_hints_python::{Json, Python, STACK_SIZE};
use cairo_zero_memory::Memory;
use cairo_zero_program::Program;

/// What hints print, kept.
#[derive(Clone, Default)]
struct Captured(Rc<RefCell<Vec<u8>>>);

impl Write for Captured {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.borrow_mut().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// A machine at a program's `main`, the address where it ends, and the program's base.
fn machine(program: &Program) -> (Machine, Relocatable) {
    let mut memory = Memory::new();
    let base = memory.add_segment().expect("a segment");
    let execution = memory.add_execution_segment().expect("a segment");
    let mut builtins = Builtins::default();
    let mut stack = Vec::new();
    for name in program.builtins() {
        let base = memory.add_segment().expect("a segment");
        assert!(builtins.add(*name, base, true), "{name} is there");
        stack.push(Value::Relocatable(base));
    }
    let return_fp = memory.add_segment().expect("a segment");
    let end = memory.add_segment().expect("a segment");
    stack.extend([Value::Relocatable(return_fp), Value::Relocatable(end)]);
    memory.load(base, program.data().iter().map(|word| Value::Felt(*word))).expect("the program");
    let top = memory.load(execution, stack).expect("the stack");
    let main = program.main().expect("a main").expect("a main");
    let pc = Value::Relocatable(Relocatable::new(base.segment, main as i64));
    let registers = Registers { pc, ap: top, fp: Value::Relocatable(top) };
    (Machine::new(memory, builtins, registers), end)
}

/// What a program's hints print, and how the run ends if it does not end well.
fn run_text(json: &[u8], input: Option<&str>, native: bool) -> String {
    let program = Arc::new(Program::from_json(json).expect("a program"));
    let captured = Captured::default();
    let mut python = Python::new(captured.clone());
    if let Some(input) = input {
        python = python.with_program_input(Json::parse(input).expect("JSON"));
    }
    let choice = if native { Choice::Auto } else { Choice::Interpreter };
    let options = Options { interpreter: Some(Box::new(python)), choice, ..Options::default() };
    let outcome =
        Engine::load(Arc::clone(&program), options).map_err(HintOr::Hint).and_then(|mut engine| {
            let (mut machine, end) = machine(&program);
            engine.install(&mut machine, Relocatable::new(0, 0));
            let stopped = machine.run(end, 100_000, &mut engine)?;
            assert_eq!(stopped, Stopped::End);
            Ok(engine.check_scopes())
        });
    let mut text = String::from_utf8(captured.0.borrow().clone()).expect("UTF-8");
    match outcome {
        Ok(Ok(())) => {}
        Ok(Err(open)) => text.push_str(&format!("{open}\n")),
        Err(HintOr::Hint(error)) => match error.failure.kind {
            FailureKind::Exit(status) => {
                text.push_str(&format!("{}exit {status}\n", error.failure.traceback));
            }
            _ => text.push_str(&format!("{error}\n")),
        },
        Err(HintOr::Execution(error)) => text.push_str(&format!("{error}\n")),
    }
    text
}

/// As [`run_text`], on a thread with a stack as the runner gives it.
fn run(name: &str, native: bool) -> String {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    let json = std::fs::read(data.join(format!("{name}.json"))).expect("the program");
    let input = std::fs::read_to_string(data.join(format!("{name}.input.json"))).ok();
    let thread = std::thread::Builder::new().stack_size(STACK_SIZE);
    let handle = thread.spawn(move || run_text(&json, input.as_deref(), native)).expect("a thread");
    handle.join().expect("no panic")
}

/// The text without the addresses of Python objects.
fn without_addresses(text: &str) -> String {
    let mut parts = text.split("0x");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out.push_str("0x");
        out.push_str(part.trim_start_matches(|c: char| c.is_ascii_hexdigit()));
    }
    out
}

/// Compares what a program prints with the file made by the reference.
fn check(name: &str) {
    let differences = differences(name);
    assert!(differences.is_empty(), "{differences}");
}

/// Where a program prints other lines than the reference.
fn differences(name: &str) -> String {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    let expected = std::fs::read_to_string(data.join(format!("{name}.txt"))).expect("the text");
    let mut differences = String::new();
    for native in [true, false] {
        let found = without_addresses(&run(name, native));
        let expected = without_addresses(&expected);
        for (line, (found, expected)) in (1..).zip(found.lines().zip(expected.lines())) {
            if found != expected {
                differences.push_str(&format!("{line}\n  found {found}\n  not   {expected}\n"));
            }
        }
        let (lines, wanted) = (found.lines().count(), expected.lines().count());
        if lines != wanted {
            let rest = found.lines().skip(wanted.saturating_sub(1)).collect::<Vec<_>>().join("\n");
            differences.push_str(&format!("{lines} lines, not {wanted}; the last: {rest}\n"));
        }
        if !differences.is_empty() {
            return format!("{name}, native hints: {native}\n{differences}");
        }
    }
    differences
}

#[test]
fn ids_read_and_assigned() {
    check("ids");
}

#[test]
fn memory_and_segments() {
    check("memory");
}

#[test]
fn names_and_scopes() {
    check("scopes");
}

#[test]
fn importable_modules() {
    check("modules");
}

/// Errors that the embedded interpreter words otherwise than the Python of the reference.
const OTHER_WORDS: [&str; 3] = ["eval_syntax", "str_plus", "unpack"];

#[test]
fn errors() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/errors");
    let mut found = String::new();
    for entry in std::fs::read_dir(data).expect("the folder") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|extension| extension == "json") {
            let name = path.file_stem().and_then(|stem| stem.to_str()).expect("a name");
            let differences = differences(&format!("errors/{name}"));
            if !OTHER_WORDS.contains(&name) {
                found.push_str(&differences);
            } else if differences.is_empty() {
                found.push_str(&format!("{name} is worded as in the reference now"));
            }
        }
    }
    assert!(found.is_empty(), "{found}");
}

#[test]
fn output_and_program_input() {
    check("output");
}

#[test]
fn references_and_nondet_hints() {
    check("revoked");
}

#[test]
fn deep_recursion() {
    check("recursion");
}
