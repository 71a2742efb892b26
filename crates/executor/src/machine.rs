//! [`Machine`]: the state of a run.

use std::collections::{BTreeMap, HashMap};
use std::convert::Infallible;
use std::rc::Rc;

use cairo_zero_builtins::Builtins;
use cairo_zero_core::{FoldState, Relocatable, Value};
use cairo_zero_decoder::Instruction;
use cairo_zero_memory::{Memory, MemoryError, MemoryErrorKind};

use crate::erased::Erased;
use crate::marks::Marks;
use crate::run::{Code, View};
use crate::{ExecutionError, Rules};

/// The three registers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Registers {
    /// The address of the instruction; a number after a jump to one, which no instruction is at.
    pub pc: Value,
    /// The allocation pointer.
    pub ap: Relocatable,
    /// The frame pointer; a number after a `ret` that read one.
    pub fp: Value,
}

/// Why [`Machine::run`] came back without an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stopped {
    /// `pc` reached the address that was to be reached.
    End,
    /// The number of steps allowed was used up before.
    StepLimit,
}

/// Runs the hints of an instruction before it is executed.
pub trait HintHandler {
    /// How a hint fails.
    type Error;

    /// Runs the hints of group `group`, the number that [`Machine::set_hints`] was given; the
    /// registers are those of the instruction.
    ///
    /// # Errors
    /// When a hint fails; the run ends.
    fn run_hints(&mut self, machine: &mut Machine, group: u32) -> Result<(), Self::Error>;
}

/// For programs without hints.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoHints;

impl HintHandler for NoHints {
    type Error = Infallible;

    fn run_hints(&mut self, _: &mut Machine, _: u32) -> Result<(), Infallible> {
        Ok(())
    }
}

/// Why the step loop was left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Stop {
    /// The chain is as long as it may be; only the loop's own registers hold.
    Pause = 1,
    /// The instruction was executed and has led out of the loop's reach; the wide registers hold.
    Left = 2,
    /// The instruction has hints, and was not executed.
    Hint = 3,
    /// `pc` has reached its end, where nothing is executed.
    End = 4,
    /// There is no instruction at `pc`, in its table at least.
    Outside = 5,
    /// The instruction failed.
    Failed = 6,
}

const _: () = assert!(size_of::<Stop>() == 1, "reasons in full are made outside the loop");

impl Stop {
    /// Whether the instruction that was stopped at counts as a step.
    pub(crate) const fn is_step(self) -> bool {
        matches!(self, Self::Pause | Self::Left)
    }
}

/// The state of a run: memory, builtins, registers, and the instructions decoded so far.
pub struct Machine {
    /// Where the step loop finds cells and instructions; valid only inside the loop.
    pub(crate) view: View,
    /// The memory.
    pub memory: Memory,
    /// The builtins.
    pub builtins: Builtins,
    pub(crate) registers: Registers,
    pub(crate) steps: u64,
    /// The instructions of each segment that code was run in.
    pub(crate) codes: HashMap<i32, Code, FoldState>,
    pub(crate) hints: HashMap<Relocatable, u32, FoldState>,
    /// The sizes that hints gave segments, in cells; the others end behind their last cell.
    pub segment_sizes: BTreeMap<i32, i64>,
    /// The cells that hints have made public, by segment: offsets and their pages.
    pub public_memory: BTreeMap<i32, Vec<(i64, i64)>>,
    pub(crate) rules: Option<Rc<dyn Rules>>,
    /// Whether every instruction takes the generic step, because a rule has to see every cell.
    pub(crate) only_generic: bool,
    /// Whether instructions may have opcode extensions.
    pub(crate) extended: bool,
    start: Registers,
    /// Where a call or return of another form than the usual one was executed first.
    pub(crate) noncanonical: Option<Value>,
    /// See [`Machine::offset_limits`].
    offset_limits: Option<(u16, u16)>,
    /// What hints have taken back.
    pub(crate) erased: Erased,
    pub(crate) marks: Marks,
    /// Why the last instruction failed.
    pub(crate) error: Option<ExecutionError>,
}

impl Machine {
    /// A machine about to execute its first instruction. `registers.ap` says which segment is the
    /// execution segment.
    #[must_use]
    pub fn new(memory: Memory, builtins: Builtins, registers: Registers) -> Self {
        Self {
            view: View::new(registers.ap.segment),
            memory,
            builtins,
            registers,
            steps: 0,
            codes: HashMap::default(),
            hints: HashMap::default(),
            noncanonical: None,
            offset_limits: None,
            segment_sizes: BTreeMap::new(),
            public_memory: BTreeMap::new(),
            rules: None,
            only_generic: false,
            extended: false,
            start: registers,
            erased: Erased::default(),
            marks: Marks::default(),
            error: None,
        }
    }

    /// Has the machine execute instructions with opcode extensions, too.
    pub const fn allow_extensions(&mut self) {
        self.extended = true;
    }

    /// The registers: those of the next instruction, or of the one that failed.
    #[must_use]
    pub const fn registers(&self) -> Registers {
        self.registers
    }

    /// The registers that the run began with.
    #[must_use]
    pub const fn start(&self) -> Registers {
        self.start
    }

    /// Where the first call or return was executed that is not
    /// [canonical](cairo_zero_decoder::Instruction::is_canonical), if one was.
    #[must_use]
    pub const fn noncanonical(&self) -> Option<Value> {
        self.noncanonical
    }

    /// The smallest and the largest of all offsets in the instructions met so far, moved up by
    /// `2^15` as in their words; `None` before the first one. An instruction that failed counts.
    #[must_use]
    pub const fn offset_limits(&self) -> Option<(u16, u16)> {
        self.offset_limits
    }

    pub(crate) fn meet(&mut self, instruction: &Instruction) {
        self.offset_limits = instruction.widen_limits(self.offset_limits);
    }

    /// The number of instructions executed.
    #[must_use]
    pub const fn steps(&self) -> u64 {
        self.steps
    }

    /// Where the run was at one of the steps that it has made, as near to step number `step` as is
    /// known: the number of steps made before, and the registers then. `None` for short runs.
    #[must_use]
    pub fn mark_near(&self, step: u64) -> Option<(u64, Registers)> {
        self.marks.nearest(step)
    }

    /// Has the hints of group `group` run before the instruction at `pc`, each time.
    pub fn set_hints(&mut self, pc: Relocatable, group: u32) {
        self.hints.insert(pc, group);
        // The segment's instructions are prepared anew, now with this stop among them. A hint can do
        // this in the middle of a step, which then does not look at the old ones.
        self.forget(pc.segment);
    }

    /// Executes the instruction at `pc`. When that moves no register, all steps to come are like it,
    /// and `steps` of them are counted at once; otherwise it was one. Whether the machine is at rest
    /// in this way; `None`, and nothing is done, for an instruction with hints.
    ///
    /// # Errors
    /// As [`Machine::step`].
    pub fn step_or_rest(&mut self, steps: u64) -> Result<Option<bool>, ExecutionError> {
        let hinted = self.registers.pc.relocatable().is_some_and(|pc| self.hints.contains_key(&pc));
        if hinted {
            return Ok(None);
        }
        let before = self.registers;
        self.step()?;
        let at_rest = self.registers == before;
        if at_rest {
            // What the instruction reads is set, and what it writes is written.
            self.steps += steps.saturating_sub(1);
        }
        Ok(Some(at_rest))
    }

    /// Stores a value and has its builtin and the rules check it, as an instruction or a hint's
    /// `memory[…] = …`
    /// does. A value that a builtin refuses stays in memory, as in the reference.
    ///
    /// # Errors
    /// As [`Memory::insert`] and the checks; a number is no address.
    #[inline]
    pub fn store(&mut self, address: Value, value: Value) -> Result<(), ExecutionError> {
        let address = self.store_unruled(address, value)?;
        self.validate_by_rules(address)
    }

    /// As [`Machine::store`], at an address.
    ///
    /// # Errors
    /// As [`Machine::store`].
    #[inline]
    pub fn store_at(&mut self, address: Relocatable, value: Value) -> Result<(), ExecutionError> {
        let watched = self.rules.is_some() || self.builtins.watches(address.segment);
        if !watched && self.memory.fill(address, value.into()) {
            return Ok(());
        }
        self.store(Value::Relocatable(address), value)
    }

    /// As [`Machine::store`], but without the rules, which the caller applies; the address.
    ///
    /// # Errors
    /// As [`Machine::store`].
    #[inline]
    pub fn store_unruled(
        &mut self,
        address: Value,
        value: Value,
    ) -> Result<Relocatable, ExecutionError> {
        let Value::Relocatable(address) = address else {
            return Err(MemoryError::from(MemoryErrorKind::PureAddress(address)).into());
        };
        if !self.memory.fill(address, value.into()) {
            self.memory.insert(address, value)?;
        }
        self.builtins.validate(&self.memory, address)?;
        Ok(address)
    }

    /// The value at `address`, temporary segments' rules applied; `None` where nothing is, at a
    /// number above all.
    #[inline]
    #[must_use]
    pub fn load(&self, address: Value) -> Option<Value> {
        address.relocatable().and_then(|address| self.memory.get(address))
    }
}
