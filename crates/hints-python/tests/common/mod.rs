//! Running a compiled program with the interpreter, for the tests of this folder.

use std::cell::RefCell;
use std::io::Write;
use std::rc::Rc;
use std::sync::Arc;

use cairo_zero_builtins::Builtins;
use cairo_zero_core::{Relocatable, Value};
use cairo_zero_executor::{HintOr, Machine, Registers, Stopped};
use cairo_zero_hints::{Choice, Engine, FailureKind, Options};
use cairo_zero_hints_python::{Json, Python};
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
pub fn run_text(json: &[u8], input: Option<&str>, native: bool) -> String {
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
