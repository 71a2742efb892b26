//! [`Ready`]: a run about to make its first step.

use std::sync::Arc;

use cairo_zero_builtins::{Builtins, row};
use cairo_zero_core::{BuiltinName, Felt, Relocatable, Value};
use cairo_zero_executor::{Machine, Registers, Stopped};
use cairo_zero_hints::{Engine, Options};
use cairo_zero_memory::Memory;
use cairo_zero_program::Program;

use crate::error::SetUpError;
use crate::{Ended, Layout, RunError};

/// Where a run begins.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Entry {
    /// At `main`.
    #[default]
    Main,
    /// At the function or label of this name.
    Label(String),
}

/// What a run is to be like.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The layout, which says what builtins there are.
    pub layout: &'static Layout,
    /// Where the run begins.
    pub entry: Entry,
    /// The most steps it may make.
    pub max_steps: u64,
    /// How many bytes the memory cells of the run may take.
    pub max_memory: u64,
    /// Whether the finished run is checked for what could not be proven or run inside another
    /// program.
    pub secure: bool,
}

/// A run about to make its first step.
pub struct Ready {
    pub(crate) program: Arc<Program>,
    pub(crate) settings: Settings,
    pub(crate) machine: Machine,
    pub(crate) start: Registers,
    end: Relocatable,
}

impl Ready {
    /// Lays out the segments, loads the program and the arguments of its entry point.
    ///
    /// # Errors
    /// When the layout lacks a builtin, or there is no such entry point.
    pub fn new(program: Arc<Program>, settings: Settings) -> Result<Self, RunError> {
        check_builtins(&program, settings.layout)?;
        let entry = entry_offset(&program, &settings.entry)?;
        let mut memory = Memory::new();
        memory.set_limit(settings.max_memory);
        let program_base = memory.add_segment()?;
        let execution_base = memory.add_execution_segment()?;
        let mut builtins = Builtins::default();
        for name in settings.layout.builtins {
            if program.builtins().contains(name) {
                builtins.add(*name, memory.add_segment()?, true);
            }
        }
        let return_fp = memory.add_segment()?;
        let end = memory.add_segment()?;
        memory.load(program_base, program.data().iter().copied().map(Value::Felt))?;
        let pointers = program.builtins().iter().map(|name| match builtins.get(*name) {
            Some(runner) => Value::Relocatable(runner.base()),
            None => Value::Felt(Felt::ZERO),
        });
        let stack = pointers.chain([return_fp.into(), end.into()]);
        let first_frame = memory.load(execution_base, stack)?;
        let pc = Relocatable::new(program_base.segment, entry as i64);
        let start = Registers { pc: pc.into(), ap: first_frame, fp: first_frame.into() };
        let machine = Machine::new(memory, builtins, start);
        Ok(Self { program, settings, machine, start, end })
    }

    /// Loads the program's hints.
    ///
    /// # Errors
    /// When the text of a hint can't be compiled, whether or not it would ever run.
    pub fn hints(&mut self, options: Options) -> Result<Engine, RunError> {
        match Engine::load(Arc::clone(&self.program), options) {
            Ok(engine) => {
                engine.install(&mut self.machine, Relocatable::new(0, 0));
                Ok(engine)
            }
            Err(error) => Err(RunError::hint(self, &error)),
        }
    }

    /// Runs to the end with the hints that [`Ready::hints`] has loaded, and checks how it ended.
    ///
    /// # Errors
    /// When an instruction, a hint or a check at the end fails, or the steps run out.
    pub fn run(mut self, hints: &mut Engine) -> Result<Ended, RunError> {
        match self.machine.run(self.end, self.settings.max_steps, hints) {
            Ok(Stopped::End) => Ended::new(self, hints),
            Ok(Stopped::StepLimit) => Err(RunError::step_limit(&self)),
            Err(failure) => Err(RunError::failed(&self, failure)),
        }
    }
}

/// The reference's conditions on a program's builtins, in its order.
fn check_builtins(program: &Program, layout: &'static Layout) -> Result<(), SetUpError> {
    let missing: Vec<BuiltinName> =
        program.builtins().iter().copied().filter(|name| !layout.builtins.contains(name)).collect();
    if !missing.is_empty() {
        let help = Layout::smallest_with(program.builtins());
        return Err(SetUpError::MissingBuiltins { missing, layout: layout.name, help });
    }
    // Strictly increasing in canonical order is what a subsequence of it is.
    if !program.builtins().is_sorted_by(|a, b| a < b) {
        return Err(SetUpError::BuiltinOrder(program.builtins().to_vec()));
    }
    match program.builtins().iter().find(|name| row(**name).is_none()) {
        Some(name) => Err(SetUpError::UnsupportedBuiltin(*name)),
        None => Ok(()),
    }
}

fn entry_offset(program: &Program, entry: &Entry) -> Result<usize, SetUpError> {
    let (name, found) = match entry {
        Entry::Main => match program.main() {
            Ok(None) => return Err(SetUpError::MissingMain),
            Ok(Some(offset)) => return Ok(offset),
            Err(error) => ("main", Err(error)),
        },
        Entry::Label(name) => (name.as_str(), program.label(name)),
    };
    found.map_err(|error| SetUpError::MissingEntry(String::from(name), error.to_string()))
}
