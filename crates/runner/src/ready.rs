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

/// How far a run goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Extent {
    /// To its end.
    #[default]
    End,
    /// To its end, and there it must have made this many steps.
    Steps(u64),
    /// To its end, and there it must have made at least this many steps.
    MinSteps(u64),
    /// This many steps, wherever that leads; what would be checked at the end is not.
    NoEnd(u64),
}

/// What a run is to be like.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The layout, which says what builtins there are.
    pub layout: Layout,
    /// Where the run begins.
    pub entry: Entry,
    /// How far it goes.
    pub extent: Extent,
    /// The most steps it may make, whatever else is asked for.
    pub max_steps: u64,
    /// Whether a program may ask for builtins that the layout lacks; it gets zero for their pointers.
    pub allow_missing_builtins: bool,
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
    /// What `fp` must be at the end: what main was called with.
    pub(crate) return_fp: Relocatable,
}

impl Ready {
    /// Lays out the segments, loads the program and the arguments of its entry point.
    ///
    /// # Errors
    /// When the layout lacks a builtin, or there is no such entry point.
    pub fn new(program: Arc<Program>, settings: Settings) -> Result<Self, RunError> {
        check_builtins(&program, &settings)?;
        let entry = entry_offset(&program, &settings.entry)?;
        let mut memory = Memory::new();
        memory.set_limit(settings.max_memory);
        let program_base = memory.add_segment()?;
        let execution_base = memory.add_execution_segment()?;
        let mut builtins = Builtins::default();
        for name in settings.layout.builtins.iter() {
            if program.builtins().contains(name) {
                builtins.add(*name, memory.add_segment()?, true);
            }
        }
        let return_fp = memory.add_segment()?;
        let end = memory.add_segment()?;
        let zeros = builtins.zeros_needed();
        if zeros > 0 {
            let base = memory.add_segment()?;
            memory.load(base, (0..zeros).map(|_| Value::Felt(Felt::ZERO)))?;
        }
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
        Ok(Self { program, settings, machine, start, end, return_fp })
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
        let original_steps = match self.settings.extent {
            Extent::NoEnd(_) => None,
            Extent::Steps(steps) => {
                self.run_to_end(hints, steps, Help::Nothing)?;
                Some(self.machine.steps())
            }
            Extent::End | Extent::MinSteps(_) => {
                let most = self.settings.max_steps;
                self.run_to_end(hints, most, Help::MaxSteps(most))?;
                Some(self.machine.steps())
            }
        };
        match self.settings.extent {
            Extent::End => {}
            Extent::Steps(steps) | Extent::MinSteps(steps) | Extent::NoEnd(steps) => {
                self.run_steps(hints, steps)?;
            }
        }
        Ended::new(self, hints, original_steps)
    }

    /// Runs until the end is reached, in at most `limit` steps.
    fn run_to_end(&mut self, hints: &mut Engine, limit: u64, help: Help) -> Result<(), RunError> {
        let limit = limit.min(self.settings.max_steps);
        match self.machine.run(self.end, limit, hints) {
            Ok(Stopped::End) => Ok(()),
            Ok(Stopped::StepLimit) => Err(RunError::step_limit(self, help)),
            Err(failure) => Err(RunError::failed(self, failure)),
        }
    }

    /// Runs until `steps` steps have been made in all; the end must not be reached before.
    fn run_steps(&mut self, hints: &mut Engine, steps: u64) -> Result<(), RunError> {
        match self.machine.run(self.end, steps.min(self.settings.max_steps), hints) {
            Ok(_) if self.machine.steps() >= steps => Ok(()),
            Ok(Stopped::End) => Err(RunError::past_end(self)),
            Ok(Stopped::StepLimit) => {
                Err(RunError::step_limit(self, Help::MaxSteps(self.settings.max_steps)))
            }
            Err(failure) => Err(RunError::failed(self, failure)),
        }
    }
}

/// What to say to somebody whose run used up its steps.
#[derive(Clone, Copy)]
pub(crate) enum Help {
    /// Nothing: the limit was asked for.
    Nothing,
    /// Where this limit comes from.
    MaxSteps(u64),
}

/// The reference's conditions on a program's builtins, in its order.
fn check_builtins(program: &Program, settings: &Settings) -> Result<(), SetUpError> {
    let layout = &settings.layout;
    let missing: Vec<BuiltinName> =
        program.builtins().iter().copied().filter(|name| !layout.builtins.contains(name)).collect();
    if !missing.is_empty() && !settings.allow_missing_builtins {
        let help = Layout::smallest_with(program.builtins());
        return Err(SetUpError::MissingBuiltins { missing, layout: layout.name, help });
    }
    // Strictly increasing in canonical order is what a subsequence of it is. The segment arena has a
    // name, but no place in the reference's list.
    let known = program.builtins().iter().all(|name| row(*name).is_some());
    if !known || !program.builtins().is_sorted_by(|a, b| a < b) {
        return Err(SetUpError::BuiltinOrder(program.builtins().to_vec()));
    }
    Ok(())
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
