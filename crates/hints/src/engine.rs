//! [`Engine`]: a program's hints, ready to run.
//!
//! Everything is decided while loading: which hints are native, which go to the interpreter, and
//! which group of hints each instruction has. A step with hints is then an index into a vector.

use std::cell::{Cell, OnceCell};
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use cairo_zero_core::{Relocatable, Value};
use cairo_zero_executor::{HintHandler, Machine};
use cairo_zero_program::Program;

use crate::evaluate::{self, Text};
use crate::ids::view;
use crate::text::Canonical;
use crate::{
    Context, Failure, FailureKind, HintError, Interpreter, Names, Native, NativeHint, OpenScopes,
    Registry, Scopes, Stop, table,
};

/// What [`Engine::load`] may use.
#[derive(Default)]
pub struct Options {
    /// What runs hints that are not native; without one, such a hint fails when it is reached.
    pub interpreter: Option<Box<dyn Interpreter>>,
    /// Hints of the embedder.
    pub registry: Registry,
    /// Whether the built-in native hints are used, or everything goes to the interpreter.
    pub choice: Choice,
}

/// Which hints run natively. What a run gives is the same with each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Choice {
    /// Those that native code covers.
    #[default]
    Auto,
    /// All: a hint that native code does not cover fails when it is reached.
    Native,
    /// None but those of the embedder.
    Interpreter,
}

/// Who runs a hint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Runner {
    /// The row of the table with this name.
    Native(&'static str),
    /// Native code that understands the text.
    Evaluator,
    /// A hint of the embedder.
    Registered,
    /// The interpreter.
    Interpreter,
}

/// Where hints run: the number of steps made before, and `pc`. Whoever hints print to can look at it to
/// know which of them it was.
pub type Whereabouts = Rc<Cell<(u64, Option<Value>)>>;

/// A hint of the program.
struct Loaded {
    native: Option<Box<dyn NativeHint>>,
    /// The evaluator for a text that another native hint has declined, made when that first happens.
    second: OnceCell<Option<Box<dyn NativeHint>>>,
    runner: Runner,
    source: Box<str>,
    /// What the names of its program stand for.
    names: Rc<Names>,
}

impl Loaded {
    fn new(
        native: Option<Box<dyn NativeHint>>,
        runner: Runner,
        code: &str,
        names: &Rc<Names>,
    ) -> Self {
        let (source, names) = (code.into(), Rc::clone(names));
        Self { native, second: OnceCell::new(), runner, source, names }
    }

    /// What runs the hint natively once its first native form has declined.
    fn second(&self) -> Option<&dyn NativeHint> {
        let made = self.second.get_or_init(|| match self.runner {
            Runner::Native(_) => Text::parse(&self.source).map(evaluate::make),
            Runner::Evaluator | Runner::Registered | Runner::Interpreter => None,
        });
        made.as_deref()
    }
}

/// The hints of one instruction.
struct Group {
    /// The first cell of the program it is in.
    base: Relocatable,
    offset: u64,
    hints: std::ops::Range<u32>,
}

/// A program's hints, ready to run. Give it to [`Machine::run`] as its hint handler.
pub struct Engine {
    names: Rc<Names>,
    hints: Vec<Loaded>,
    groups: Vec<Group>,
    scopes: Scopes,
    interpreter: Option<Box<dyn Interpreter>>,
    choice: Choice,
    registry: Registry,
    /// The programs that hints have loaded, with their first cells.
    loaded: Vec<(Arc<Program>, Relocatable)>,
    /// Who is told where hints run.
    whereabouts: Option<Whereabouts>,
}

impl Engine {
    /// Decides for every hint of the program who runs it.
    ///
    /// # Errors
    /// When the text of a hint that goes to the interpreter is no program, even if the hint would
    /// never be reached.
    pub fn load(program: Arc<Program>, options: Options) -> Result<Self, HintError> {
        let names = Rc::new(Names::new(Arc::clone(&program)));
        let mut engine = Self {
            names,
            hints: Vec::new(),
            groups: Vec::new(),
            scopes: Scopes::new(),
            interpreter: options.interpreter,
            choice: options.choice,
            registry: options.registry,
            loaded: Vec::new(),
            whereabouts: None,
        };
        let mut checked: HashMap<&str, ()> = HashMap::new();
        let mut texts: HashMap<&str, Option<Rc<Text>>> = HashMap::new();
        for (number, place) in (0_u32..).zip(view::hints(&program)) {
            let code = place.hint.code.as_str();
            engine.group(Relocatable::new(0, 0), place.offset, number);
            let loaded = engine.resolve(number, code, &engine.names, &mut texts);
            if loaded.runner == Runner::Interpreter
                && checked.insert(code, ()).is_none()
                && let Some(interpreter) = &mut engine.interpreter
            {
                interpreter
                    .check(number, code)
                    .map_err(|failure| engine.error(engine.groups.len() - 1, number, failure))?;
            }
            engine.hints.push(loaded);
        }
        Ok(engine)
    }

    /// Has `whereabouts` set before the hints of an instruction run.
    pub fn follow(&mut self, whereabouts: Whereabouts) {
        self.whereabouts = Some(whereabouts);
    }

    /// Notes that hint `number` belongs to the instruction at that offset of a program.
    fn group(&mut self, base: Relocatable, offset: u64, number: u32) {
        match self.groups.last_mut() {
            Some(group) if group.base == base && group.offset == offset => {
                group.hints.end = number + 1;
            }
            _ => self.groups.push(Group { base, offset, hints: number..number + 1 }),
        }
    }

    fn resolve<'c>(
        &self,
        number: u32,
        code: &'c str,
        names: &Rc<Names>,
        texts: &mut HashMap<&'c str, Option<Rc<Text>>>,
    ) -> Loaded {
        if let Some(made) = self.registry.make(code, names, number) {
            return Loaded::new(Some(made), Runner::Registered, code, names);
        }
        if self.choice != Choice::Interpreter
            && let Some((name, made)) = table::make(&Canonical::of(code), names, number)
        {
            return Loaded::new(Some(made), Runner::Native(name), code, names);
        }
        if self.choice != Choice::Interpreter {
            let text = texts.entry(code).or_insert_with(|| Text::parse(code));
            if let Some(text) = text {
                let made = evaluate::make(Rc::clone(text));
                return Loaded::new(Some(made), Runner::Evaluator, code, names);
            }
        }
        Loaded::new(None, Runner::Interpreter, code, names)
    }

    /// Takes in the hints of the programs that a hint has loaded.
    fn take_loaded(&mut self, machine: &mut Machine) {
        let Some(interpreter) = &mut self.interpreter else { return };
        for (program, base) in interpreter.take_loaded() {
            let first = self.hints.len() as u32;
            let names = Rc::new(Names::with_first(Arc::clone(&program), first));
            let group = self.groups.len();
            let mut texts = HashMap::new();
            for (number, place) in (first..).zip(view::hints(&program)) {
                self.group(base, place.offset, number);
                let hint = self.resolve(number, &place.hint.code, &names, &mut texts);
                self.hints.push(hint);
            }
            self.install_from(group, machine);
            self.loaded.push((program, base));
        }
    }

    fn install_from(&self, first: usize, machine: &mut Machine) {
        for (number, group) in (0..).zip(&self.groups).skip(first) {
            let by = i64::try_from(group.offset).ok();
            if let Some(pc) = by.and_then(|by| group.base.checked_add(by)) {
                machine.set_hints(pc, number);
            }
        }
    }

    /// The programs that hints have loaded so far, with their first cells.
    #[must_use]
    pub fn loaded(&self) -> &[(Arc<Program>, Relocatable)] {
        &self.loaded
    }

    /// Has the machine run the hints, for a program whose first instruction is at `base`.
    pub fn install(&mut self, machine: &mut Machine, base: Relocatable) {
        for group in &mut self.groups {
            group.base = base;
        }
        self.install_from(0, machine);
    }

    /// Who runs each hint, in the order of the hints' numbers.
    pub fn runners(&self) -> impl Iterator<Item = Runner> + '_ {
        self.hints.iter().map(|hint| hint.runner)
    }

    /// What the names of the program's hints stand for.
    #[must_use]
    pub const fn names(&self) -> &Rc<Names> {
        &self.names
    }

    /// The scopes of hint variables.
    pub const fn scopes(&mut self) -> &mut Scopes {
        &mut self.scopes
    }

    /// What the end of a run checks.
    ///
    /// # Errors
    /// When a scope besides the main one is open.
    pub const fn check_scopes(&self) -> Result<(), OpenScopes> {
        self.scopes.check_closed()
    }

    /// Passes on what hints have printed so far.
    pub fn flush(&mut self) {
        if let Some(interpreter) = &mut self.interpreter {
            interpreter.flush();
        }
    }

    #[inline]
    fn run_hint(&mut self, machine: &mut Machine, number: u32) -> Result<(), Failure> {
        let Self { hints, scopes, interpreter, .. } = self;
        let Some(hint) = hints.get(number as usize) else {
            return Ok(());
        };
        let Some(native) = &hint.native else {
            return self.run_otherwise(machine, number, Stop::Decline);
        };
        let names = &hint.names;
        let mut given = Native { machine, scopes, names, hint: number, interpreter };
        match native.run(&mut given) {
            Ok(()) => Ok(()),
            Err(stop) => self.run_otherwise(machine, number, stop),
        }
    }

    /// Goes on with a hint whose native form has stopped, or that has none.
    #[inline(never)]
    fn run_otherwise(
        &mut self,
        machine: &mut Machine,
        number: u32,
        mut stop: Stop,
    ) -> Result<(), Failure> {
        let Self { hints, scopes, interpreter, choice, .. } = self;
        let Some(hint) = hints.get(number as usize) else {
            return Ok(());
        };
        let names = &hint.names;
        if matches!(stop, Stop::Decline)
            && let Some(second) = hint.second()
        {
            let mut given = Native { machine, scopes, names, hint: number, interpreter };
            match second.run(&mut given) {
                Ok(()) => return Ok(()),
                Err(other) => stop = other,
            }
        }
        if let Stop::Raise(exception, line) = stop {
            let line = Canonical::of(&hint.source).original_line(line);
            return Err(Failure::raised(&exception, number, line));
        }
        let covered = hint.native.is_some() || *choice != Choice::Native;
        match interpreter {
            Some(interpreter) if covered => {
                let context = Context { machine, scopes, names, hint: number };
                let result = interpreter.run(context, &hint.source);
                if result.is_ok() && interpreter.has_loaded() {
                    self.take_loaded(machine);
                }
                result
            }
            _ => Err(not_native(&hint.source)),
        }
    }

    #[cold]
    fn error(&self, group: usize, number: u32, failure: Failure) -> HintError {
        let group = self.groups.get(group);
        let first = group.map_or(number, |group| group.hints.start);
        let base = group.map_or_else(Relocatable::default, |group| group.base);
        let offset = group.map_or(0, |group| group.offset);
        HintError { base, offset, index: number - first, number, failure }
    }
}

/// What is said of a hint that only an interpreter could run.
fn not_native(source: &str) -> Failure {
    let first = source.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    let sentence =
        format!("This hint has no native form, and no interpreter may run it: {first}\n");
    Failure::text(FailureKind::Executing, sentence)
}

impl HintHandler for Engine {
    type Error = HintError;

    fn run_hints(&mut self, machine: &mut Machine, group: u32) -> Result<(), HintError> {
        let Some(Group { hints, .. }) = self.groups.get(group as usize) else {
            return Ok(());
        };
        if let Some(whereabouts) = &self.whereabouts {
            whereabouts.set((machine.steps(), Some(machine.registers().pc)));
        }
        for number in hints.clone() {
            self.run_hint(machine, number)
                .map_err(|failure| self.error(group as usize, number, failure))?;
        }
        Ok(())
    }
}
