//! The programs with the library's hints, and running one of their hints from a state.

use std::cell::RefCell;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::rc::Rc;
use std::sync::Arc;

use cairo_zero_executor::HintHandler;
use cairo_zero_hints::{Choice, Engine, Names, Options, Runner, Scope};
use cairo_zero_hints_python::Python;
use cairo_zero_program::Program;

use crate::state::Case;

/// A compiled program.
pub struct Library {
    pub program: Arc<Program>,
    /// The group of the hint that prints a scope.
    dump: usize,
}

/// Compiles a program unless it has been.
fn compiled(python: &Path, name: &str, flags: &[&str]) -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let source = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data/native")
        .join(name)
        .with_extension("cairo");
    let target = root.join("target/native").join(name).with_extension("json");
    let modified = |path: &Path| path.metadata().and_then(|data| data.modified()).ok();
    if modified(&target).is_some_and(|made| Some(made) > modified(&source)) {
        return target;
    }
    std::fs::create_dir_all(target.parent().expect("a folder")).expect("a folder");
    // Tests run side by side: each writes a file of its own and the last one stays.
    let unfinished = target.with_extension(format!("{}.unfinished", std::process::id()));
    let script = "import sys; from reference import restore_old_dataclasses as old; old(); \
                  from starkware.cairo.lang.compiler.cairo_compile import main; sys.exit(main())";
    let status = Command::new(python)
        .args(["-c", script, "--no_debug_info"])
        .args(flags)
        .arg("--output")
        .args([&unfinished, &source])
        .env("PYTHONPATH", root.join("crates/testkit/python"))
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .status()
        .expect("the compiler");
    assert!(status.success(), "{name} does not compile");
    std::fs::rename(&unfinished, &target).expect("a file");
    target
}

impl Library {
    /// The programs, where there is a compiler.
    pub fn all() -> Option<Vec<Self>> {
        static COMPILING: std::sync::Mutex<()> = std::sync::Mutex::new(());
        let python = PathBuf::from(std::env::var_os("CAIRO_REFERENCE")?);
        let _one = COMPILING.lock().expect("no panic");
        let load = |name: &str, flags: &[&str]| {
            let json = std::fs::read(compiled(&python, name, flags)).expect("the program");
            let program = Arc::new(Program::from_json(&json).expect("a program"));
            let dump = |hints: &[cairo_zero_program::Hint]| hints[0].code.contains("_show");
            let dump = program.hints().iter().position(|(_, hints)| dump(hints));
            Self { program, dump: dump.expect("the hint that prints") }
        };
        Some(vec![load("library", &["--no_opt_unused_functions"]), load("signature", &[])])
    }

    /// The instruction that has the hints of a group.
    pub fn offset(&self, group: usize) -> usize {
        self.program.hints()[group].0
    }

    /// The text of a group's only hint, and what its names are bound to.
    pub fn shapes(&self, group: usize) -> Vec<String> {
        let references = self.program.references();
        let hints = &self.program.hints()[group].1;
        let ids = hints.iter().flat_map(|hint| hint.flow_tracking.reference_ids.iter());
        let mut shapes: Vec<String> = ids
            .filter_map(|(name, id)| {
                let short = name.rsplit('.').next()?;
                let used = hints.iter().any(|hint| hint.code.contains(&format!("ids.{short}")));
                used.then(|| format!("{short}={}", references[*id].value))
            })
            .collect();
        shapes.sort();
        shapes
    }
}

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

/// An engine of one kind for a program.
pub struct Side {
    engine: Engine,
    captured: Captured,
}

impl Side {
    pub fn new(library: &Library, choice: Choice) -> Self {
        let captured = Captured::default();
        let python = Python::new(captured.clone());
        let options = Options { interpreter: Some(Box::new(python)), choice, ..Options::default() };
        let engine = Engine::load(Arc::clone(&library.program), options).expect("an engine");
        Self { engine, captured }
    }

    pub fn runners(&self) -> impl Iterator<Item = Runner> + '_ {
        self.engine.runners()
    }

    pub fn names(&self) -> &Names {
        self.engine.names()
    }

    /// The rows of each group's hints.
    pub fn names_by_group(&self, library: &Library) -> Vec<Vec<Option<&'static str>>> {
        let mut runners = self.engine.runners().map(|runner| match runner {
            Runner::Native(name) => Some(name),
            _ => None,
        });
        let groups = library.program.hints().iter();
        groups.map(|(_, hints)| runners.by_ref().take(hints.len()).collect()).collect()
    }

    /// Runs a group from a state. Gives what it left behind as text, and whether that was done
    /// natively.
    pub fn run(&mut self, library: &Library, group: usize, case: &Case) -> (String, bool) {
        let mut machine = case.machine(library.offset(group));
        self.engine.scopes().enter(Scope::Native(case.variables()));
        self.captured.0.borrow_mut().clear();
        let outcome = self.engine.run_hints(&mut machine, group as u32);
        let native = matches!(self.engine.scopes().innermost(), Scope::Native(_));
        let mut text = String::new();
        for (address, value) in machine.memory.iter() {
            text.push_str(&format!("{address} = {value}\n"));
        }
        text.push_str(&format!("{} segments\n", machine.memory.segment_count()));
        match outcome {
            Ok(()) => {
                while self.engine.scopes().depth() > 0 {
                    if let Err(error) = self.engine.run_hints(&mut machine, library.dump as u32) {
                        text.push_str(&format!("printing: {error}"));
                    }
                    let _ = self.engine.scopes().exit().expect("a scope");
                }
                self.engine.flush();
                text.push_str(&String::from_utf8_lossy(&self.captured.0.borrow()));
            }
            Err(error) => {
                text.push_str(&error.to_string());
                while self.engine.scopes().depth() > 0 {
                    let _ = self.engine.scopes().exit().expect("a scope");
                }
            }
        }
        (text, native)
    }
}
