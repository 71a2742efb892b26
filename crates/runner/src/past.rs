//! [`Past`]: the steps that a run has made, for looking back at them; [`Failed`]: a run that did not
//! get to its end, with them.

use std::sync::Arc;

use cairo_zero_builtins::Builtins;
use cairo_zero_core::{Relocatable, Value};
use cairo_zero_executor::{Machine, Registers, Replay};
use cairo_zero_memory::{Memory, RelocationError, RelocationTable};
use cairo_zero_program::Program;

use crate::ended::sizes;
use crate::{Ended, Ready, RunError};

/// What is left of a run that is over, whether or not it reached its end.
#[derive(Clone, Copy)]
pub struct Past<'a> {
    pub(crate) program: &'a Arc<Program>,
    pub(crate) loaded: &'a [(Arc<Program>, Relocatable)],
    pub(crate) machine: &'a Machine,
    pub(crate) start: Registers,
    pub(crate) stuck: bool,
}

impl<'a> Past<'a> {
    /// The programs that were run, with their first cells: the one that was given, and those that
    /// hints have loaded.
    pub fn programs(&self) -> impl Iterator<Item = (&'a Arc<Program>, Relocatable)> {
        let first = (self.program, Relocatable::new(0, 0));
        std::iter::once(first).chain(self.loaded.iter().map(|(program, base)| (program, *base)))
    }

    /// The registers that the run began with.
    #[must_use]
    pub const fn start(&self) -> Registers {
        self.start
    }

    /// The number of steps made.
    #[must_use]
    pub const fn steps(&self) -> u64 {
        self.machine.steps()
    }

    /// What replays read, for several threads.
    #[must_use]
    pub fn track(&self) -> Track<'a> {
        let steps = self.machine.steps();
        let middle = self.machine.mark_near(steps / 2);
        let middle = middle.filter(|(at, _)| (steps / 4..=steps / 4 * 3).contains(at));
        Track { memory: &self.machine.memory, start: self.start, steps, middle }
    }

    /// The registers of every step, recovered from memory.
    #[must_use]
    pub fn replay(&self) -> Replay<'a> {
        Replay::new(&self.machine.memory, self.start, self.machine.steps())
    }

    /// The memory that the run has left.
    #[must_use]
    pub const fn memory(&self) -> &'a Memory {
        &self.machine.memory
    }

    /// The builtins of the run.
    #[must_use]
    pub const fn builtins(&self) -> &'a Builtins {
        &self.machine.builtins
    }

    /// Where each segment would begin if they were put one behind the other as they are.
    ///
    /// # Errors
    /// When they are too large for that.
    pub fn table(&self) -> Result<RelocationTable, RelocationError> {
        let sizes = sizes(self.machine);
        RelocationTable::new(sizes.into_iter().map(|size| u64::try_from(size).unwrap_or_default()))
    }

    /// Where the instruction is that failed, or whose hint did, if that is how the run ended; it is
    /// not among the steps.
    #[must_use]
    pub fn failed_at(&self) -> Option<Value> {
        self.stuck.then(|| self.machine.registers().pc)
    }
}

/// The steps that a run has made, and the memory that it has left.
#[derive(Clone, Copy)]
pub struct Track<'a> {
    memory: &'a Memory,
    start: Registers,
    steps: u64,
    /// The number of steps made before the one in about the middle, and the registers then.
    middle: Option<(u64, Registers)>,
}

impl<'a> Track<'a> {
    /// The registers that the run began with.
    #[must_use]
    pub const fn start(&self) -> Registers {
        self.start
    }

    /// The number of steps made.
    #[must_use]
    pub const fn steps(&self) -> u64 {
        self.steps
    }

    /// The replay of all steps.
    #[must_use]
    pub fn replay(&self) -> Replay<'a> {
        Replay::new(self.memory, self.start, self.steps)
    }

    /// The replays of a first and a second part of the steps, about as long as each other; `None`
    /// where the run was short. The second follows the first if that ends with the registers with
    /// which it begins, as it does unless hints have rewritten what instructions read.
    #[must_use]
    pub fn halves(&self) -> Option<[Replay<'a>; 2]> {
        let (at, registers) = self.middle?;
        let first = Replay::new(self.memory, self.start, at);
        Some([first, Replay::new(self.memory, registers, self.steps - at)])
    }

    /// The value of a cell, if it is set.
    #[inline]
    #[must_use]
    pub fn value(&self, address: Relocatable) -> Option<Value> {
        self.memory.get(address)
    }

    /// The address that the rules for temporary segments make of one.
    #[must_use]
    pub fn moved(&self, address: Relocatable) -> Option<Relocatable> {
        self.memory.moved(address).relocatable()
    }
}

/// A run that did not get to its end or failed a check there.
pub struct Failed {
    error: RunError,
    kept: Box<Kept>,
}

/// What is left of a run that failed, apart from its error.
pub struct Remains(Box<Kept>);

impl Remains {
    /// What the run did.
    #[must_use]
    pub fn past(&self) -> Past<'_> {
        self.0.past()
    }
}

/// What [`Past`] shows of a run that failed.
struct Kept {
    program: Arc<Program>,
    loaded: Vec<(Arc<Program>, Relocatable)>,
    machine: Machine,
    start: Registers,
    stuck: bool,
}

impl Failed {
    pub(crate) fn before_end(ready: Ready, error: RunError) -> Self {
        let Ready { program, loaded, machine, start, stuck, .. } = ready;
        Self { error, kept: Box::new(Kept { program, loaded, machine, start, stuck }) }
    }

    pub(crate) fn at_end(ended: Ended, error: RunError) -> Self {
        let Ended { program, loaded, machine, start, .. } = ended;
        Self { error, kept: Box::new(Kept { program, loaded, machine, start, stuck: false }) }
    }

    /// Why it failed.
    #[must_use]
    pub fn into_error(self) -> RunError {
        self.error
    }

    /// What it did before.
    #[must_use]
    pub fn past(&self) -> Past<'_> {
        self.kept.past()
    }

    /// Why it failed, and what is left to be looked at.
    #[must_use]
    pub fn into_parts(self) -> (RunError, Remains) {
        (self.error, Remains(self.kept))
    }
}

impl Kept {
    fn past(&self) -> Past<'_> {
        let Self { program, loaded, machine, start, stuck } = self;
        Past { program, loaded, machine, start: *start, stuck: *stuck }
    }
}
