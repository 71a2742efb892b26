//! [`Ready`]: a run about to make its first step.

use std::io::Write;
use std::sync::Arc;

use cairo_zero_builtins::{Builtins, row};
use cairo_zero_core::{BuiltinName, Felt, Relocatable, Value};
use cairo_zero_executor::{HintOr, Machine, Registers, Stopped};
use cairo_zero_hints::{Engine, HintError, Options};
use cairo_zero_memory::Memory;
use cairo_zero_program::{IdentifierError, Program};

use crate::error::SetUpError;
use crate::pie::Claim;
use crate::{Ended, Failed, Layout, RunError};

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
    /// Whether the run is made for a proof: it has every builtin of the layout, begins at
    /// `__start__`, ends at `__end__` and is then lengthened to what the layout needs.
    pub proof_mode: bool,
    /// Whether cells that builtins can deduce are set at the end although nothing has read them.
    pub fill_holes: bool,
}

/// A run about to make its first step.
pub struct Ready {
    pub(crate) program: Arc<Program>,
    /// The programs that hints had loaded when the run failed or ended, with their first cells.
    pub(crate) loaded: Vec<(Arc<Program>, Relocatable)>,
    pub(crate) settings: Settings,
    pub(crate) machine: Machine,
    pub(crate) start: Registers,
    /// How many cells the first frame has, arguments included.
    pub(crate) frame: u64,
    /// The zero segment, if a builtin needs one.
    pub(crate) zeros: Option<Relocatable>,
    /// Whether all steps to come are known to be alike.
    pub(crate) at_rest: bool,
    /// What the PIE says that the run is of, if it is of one.
    pub(crate) claim: Option<Claim>,
    /// Who is told how many steps have been made.
    watcher: Option<Box<dyn FnMut(u64)>>,
    /// Whether an instruction, or a hint before it, has failed.
    pub(crate) stuck: bool,
    end: Relocatable,
    /// What `fp` must be at the end: what main was called with.
    pub(crate) return_fp: Option<Relocatable>,
}

/// A run whose segments are there, but not what they begin with.
pub(crate) struct LaidOut {
    program: Arc<Program>,
    settings: Settings,
    pub(crate) memory: Memory,
    builtins: Builtins,
    /// The first cells of the program and the execution segment.
    bases: [Relocatable; 2],
    /// What the execution segment begins with.
    stack: Vec<Value>,
    pc: Relocatable,
    end: Relocatable,
    return_fp: Option<Relocatable>,
    zeros: Option<Relocatable>,
}

/// The label that a program compiled for proofs ends at.
const END: &str = "__end__";

/// Steps between two looks of a watcher: some ten of them a second at least.
const SLICE: u64 = 1 << 22;

/// An address that no run gets to.
const NOWHERE: Relocatable = Relocatable::new(i32::MAX, 0);

impl Ready {
    /// Lays out the segments, loads the program and the arguments of its entry point.
    ///
    /// # Errors
    /// When the layout lacks a builtin, or there is no such entry point.
    pub fn new(program: Arc<Program>, settings: Settings) -> Result<Self, RunError> {
        check_builtins(&program, &settings)?;
        let entry = if settings.proof_mode {
            program.start().map_err(|error| no_entry("__start__", &error))?
        } else {
            entry_offset(&program, &settings.entry)?
        };
        Self::lay_out(program, settings, entry)?.load(None)
    }

    /// Adds the segments of a run that begins at word `entry` of the program.
    pub(crate) fn lay_out(
        program: Arc<Program>,
        settings: Settings,
        entry: usize,
    ) -> Result<LaidOut, RunError> {
        check_builtins(&program, &settings)?;
        let mut memory = Memory::new();
        memory.set_limit(settings.max_memory);
        let program_base = memory.add_segment()?;
        let execution_base = memory.add_execution_segment()?;
        let mut builtins = Builtins::default();
        for name in settings.layout.builtins.iter() {
            let included = program.builtins().contains(name);
            if included || settings.proof_mode {
                builtins.add(*name, memory.add_segment()?, included);
            }
        }
        let arguments = program.builtins().iter().map(|name| match builtins.get(*name) {
            Some(runner) => Value::Relocatable(runner.base()),
            None => Value::Felt(Felt::ZERO),
        });
        let (stack, end, return_fp) = if settings.proof_mode {
            // A frame that is its own caller's is what verifiers know the first one by.
            let below = [Relocatable::new(execution_base.segment, 2).into(), Felt::ZERO.into()];
            let end = program.label(END).map_err(|error| no_end(&error))?;
            let stack: Vec<Value> = below.into_iter().chain(arguments).collect();
            (stack, Relocatable::new(program_base.segment, end as i64), None)
        } else {
            let return_fp = memory.add_segment()?;
            let end = memory.add_segment()?;
            let stack = arguments.chain([return_fp.into(), end.into()]).collect();
            (stack, end, Some(return_fp))
        };
        let zeros = if builtins.zeros_needed() > 0 { Some(memory.add_segment()?) } else { None };
        let pc = Relocatable::new(program_base.segment, entry as i64);
        let bases = [program_base, execution_base];
        Ok(LaidOut { program, settings, memory, builtins, bases, stack, pc, end, return_fp, zeros })
    }

    /// Loads the program's hints.
    ///
    /// # Errors
    /// When the text of a hint can't be compiled, whether or not it would ever run.
    pub fn hints(&mut self, options: Options) -> Result<Engine, RunError> {
        match Engine::load(Arc::clone(&self.program), options) {
            Ok(mut engine) => {
                engine.install(&mut self.machine, Relocatable::new(0, 0));
                Ok(engine)
            }
            Err(error) => Err(RunError::hint(self, &error)),
        }
    }

    /// Has `watcher` told how many steps have been made, every few million steps.
    pub fn watch(&mut self, watcher: impl FnMut(u64) + 'static) {
        self.watcher = Some(Box::new(watcher));
    }

    /// Runs to `end`, in at most `limit` steps in all, in slices if somebody watches.
    fn advance(
        &mut self,
        end: Relocatable,
        limit: u64,
        hints: &mut Engine,
    ) -> Result<Stopped, HintOr<HintError>> {
        let Self { watcher: Some(watcher), machine, .. } = self else {
            return self.machine.run(end, limit, hints);
        };
        loop {
            let slice = machine.steps().saturating_add(SLICE).min(limit);
            match machine.run(end, slice, hints)? {
                Stopped::StepLimit if machine.steps() < limit => watcher(machine.steps()),
                stopped => return Ok(stopped),
            }
        }
    }

    /// Runs to the end with the hints that [`Ready::hints`] has loaded, and checks how it ended.
    /// `notices` gets what the reference prints meanwhile: a line each time a run in proof mode has
    /// to be lengthened.
    ///
    /// # Errors
    /// When an instruction, a hint or a check at the end fails, or the steps run out.
    pub fn run(mut self, hints: &mut Engine, notices: &mut dyn Write) -> Result<Ended, Failed> {
        let ran = self.run_as_asked(hints);
        self.loaded = hints.loaded().to_vec();
        match ran {
            Ok(original_steps) => Ended::new(self, hints, original_steps, notices),
            Err(error) => Err(Failed::before_end(self, error)),
        }
    }

    /// Makes the steps; how many there were at the end, if the end was asked for.
    fn run_as_asked(&mut self, hints: &mut Engine) -> Result<Option<u64>, RunError> {
        let most = self.settings.max_steps;
        // In proof mode the last step counted is the one at the end.
        let beyond = u64::from(self.settings.proof_mode);
        let limit = match self.settings.extent {
            Extent::NoEnd(_) => None,
            Extent::Steps(steps) => Some((steps.saturating_sub(beyond), Help::Nothing)),
            Extent::End | Extent::MinSteps(_) => Some((most, Help::MaxSteps(most))),
        };
        if let Some((limit, help)) = limit {
            self.run_to_end(hints, limit, help)?;
            if self.settings.proof_mode {
                self.run_beyond(hints, self.machine.steps() + 1)?;
            }
        }
        let original_steps = limit.map(|_| self.machine.steps());
        match self.settings.extent {
            Extent::End => {}
            Extent::Steps(steps) | Extent::MinSteps(steps) | Extent::NoEnd(steps) => {
                if self.settings.proof_mode {
                    self.run_beyond(hints, steps)?;
                } else {
                    self.run_steps(hints, steps)?;
                }
            }
        }
        Ok(original_steps)
    }

    /// Runs until `steps` steps have been made in all, beyond the end too.
    pub(crate) fn run_beyond(&mut self, hints: &mut Engine, steps: u64) -> Result<(), RunError> {
        let most = self.settings.max_steps;
        while self.machine.steps() < steps {
            if self.machine.steps() >= most || (self.at_rest && steps > most) {
                return Err(RunError::padding_limit(self, steps));
            }
            if self.machine.registers().pc == Value::Relocatable(self.end) {
                let left = steps.min(most) - self.machine.steps();
                let stepped = self.machine.step_or_rest(left);
                let stepped = stepped.map_err(|error| self.stick(error.into()))?;
                if let Some(at_rest) = stepped {
                    self.at_rest = at_rest;
                    continue;
                }
            }
            self.at_rest = false;
            // A hinted end is passed by one step; from elsewhere it may be reached.
            let at_end = self.machine.registers().pc == Value::Relocatable(self.end);
            let (end, limit) =
                if at_end { (NOWHERE, self.machine.steps() + 1) } else { (self.end, steps) };
            let ran = self.advance(end, limit.min(most), hints);
            ran.map_err(|failure| self.stick(failure))?;
        }
        Ok(())
    }

    /// Runs until the end is reached, in at most `limit` steps.
    fn run_to_end(&mut self, hints: &mut Engine, limit: u64, help: Help) -> Result<(), RunError> {
        let limit = limit.min(self.settings.max_steps);
        match self.advance(self.end, limit, hints) {
            Ok(Stopped::End) => Ok(()),
            Ok(Stopped::StepLimit) => Err(RunError::step_limit(self, help)),
            Err(failure) => Err(self.failed(hints, failure)),
        }
    }

    fn failed(&mut self, hints: &Engine, failure: HintOr<HintError>) -> RunError {
        self.loaded = hints.loaded().to_vec();
        self.stick(failure)
    }

    /// The error of an instruction or hint that failed.
    fn stick(&mut self, failure: HintOr<HintError>) -> RunError {
        self.stuck = true;
        RunError::failed(self, failure)
    }

    /// Runs until `steps` steps have been made in all; the end must not be reached before.
    fn run_steps(&mut self, hints: &mut Engine, steps: u64) -> Result<(), RunError> {
        match self.advance(self.end, steps.min(self.settings.max_steps), hints) {
            Ok(_) if self.machine.steps() >= steps => Ok(()),
            Ok(Stopped::End) => Err(RunError::past_end(self)),
            Ok(Stopped::StepLimit) => {
                Err(RunError::step_limit(self, Help::MaxSteps(self.settings.max_steps)))
            }
            Err(failure) => Err(self.failed(hints, failure)),
        }
    }
}

impl LaidOut {
    /// Loads the program and the arguments of its entry point. Cells that are there already must
    /// hold the same.
    pub(crate) fn load(self, claim: Option<Claim>) -> Result<Ready, RunError> {
        let Self { program, settings, mut memory, builtins, stack, zeros, .. } = self;
        let [program_base, execution_base] = self.bases;
        if let Some(zeros) = zeros {
            memory.load(zeros, (0..builtins.zeros_needed()).map(|_| Value::Felt(Felt::ZERO)))?;
        }
        memory.load(program_base, program.data().iter().copied().map(Value::Felt))?;
        let frame = stack.len() as u64;
        let behind = memory.load(execution_base, stack)?;
        let two_up = Relocatable::new(execution_base.segment, 2);
        let first = if settings.proof_mode { two_up } else { behind };
        let start = Registers { pc: self.pc.into(), ap: first, fp: first.into() };
        let mut machine = Machine::new(memory, builtins, start);
        if settings.layout.has_opcode_extensions() {
            machine.allow_extensions();
        }
        Ok(Ready {
            program,
            loaded: Vec::new(),
            settings,
            machine,
            start,
            frame,
            zeros,
            at_rest: false,
            claim,
            watcher: None,
            stuck: false,
            end: self.end,
            return_fp: self.return_fp,
        })
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

fn no_entry(name: &str, error: &IdentifierError) -> SetUpError {
    SetUpError::MissingEntry(String::from(name), error.to_string())
}

/// Why a program can't be run in proof mode.
fn no_end(error: &IdentifierError) -> SetUpError {
    match error {
        IdentifierError::Missing { .. } => SetUpError::NotForProofs,
        error => no_entry(END, error),
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
    found.map_err(|error| no_entry(name, &error))
}
