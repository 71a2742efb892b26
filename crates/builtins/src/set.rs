//! [`Builtins`]: the builtins of one run, found by segment.

use cairo_zero_core::{BuiltinName, Relocatable, Value};
use cairo_zero_memory::{Cell, Memory};

use crate::direct::Gate;
use crate::{Builtin, BuiltinError, Direct, Runner, make, row};

/// The builtins of one run, in the order of their segments.
#[derive(Default)]
pub struct Builtins {
    runners: Vec<Runner>,
    /// Who watches a segment, by the segment's number.
    watchers: Vec<Watcher>,
}

/// Which runner watches a segment, and for what.
#[derive(Debug, Clone, Copy)]
struct Watcher {
    runner: u8,
    deduces: bool,
    validates: bool,
    /// What may be stored without asking the runner.
    direct: Direct,
    /// The same again.
    gate: Gate,
    /// How many numbers were.
    admitted: u64,
}

impl Watcher {
    const NOBODY: Self = Self {
        runner: u8::MAX,
        deduces: false,
        validates: false,
        direct: Direct::Anything,
        gate: Gate::new(Direct::Anything, 1, 1),
        admitted: 0,
    };
}

impl Builtins {
    /// Adds a builtin whose segment begins at `base`; false when this version does not run it.
    pub fn add(&mut self, name: BuiltinName, base: Relocatable, included: bool) -> bool {
        make(name).is_some_and(|builtin| self.add_builtin(name, builtin, base, included))
    }

    /// Adds a builtin as [`Builtins::add`] does, but this one instead of a usual one.
    pub fn add_builtin(
        &mut self,
        name: BuiltinName,
        builtin: Box<dyn Builtin>,
        base: Relocatable,
        included: bool,
    ) -> bool {
        let Some(row) = row(name) else { return false };
        let index = base.segment as usize;
        self.watchers.resize(self.watchers.len().max(index + 1), Watcher::NOBODY);
        let asks = row.deduces || row.validates;
        let direct = if asks { builtin.direct() } else { Direct::Anything };
        self.watchers[index] = Watcher {
            runner: self.runners.len() as u8,
            deduces: row.deduces,
            validates: row.validates,
            direct,
            gate: Gate::new(direct, row.cells_per_instance, row.input_cells),
            admitted: 0,
        };
        self.runners.push(Runner::new(row, builtin, base, included));
        true
    }

    /// The builtins in the order of their segments.
    #[must_use]
    pub fn runners(&self) -> &[Runner] {
        &self.runners
    }

    /// The builtins in the order of their segments, for changing them.
    pub fn runners_mut(&mut self) -> &mut [Runner] {
        &mut self.runners
    }

    /// The builtin of that name, if the run has it.
    #[must_use]
    pub fn get(&self, name: BuiltinName) -> Option<&Runner> {
        self.runners.iter().find(|runner| runner.name() == name)
    }

    /// The builtin of that name for changing it, if the run has it.
    pub fn get_mut(&mut self, name: BuiltinName) -> Option<&mut Runner> {
        self.runners.iter_mut().find(|runner| runner.name() == name)
    }

    #[inline]
    fn watcher(&self, segment: i32) -> Watcher {
        self.watchers.get(segment as usize).copied().unwrap_or(Watcher::NOBODY)
    }

    /// Marks a segment that rules of others watch besides its builtin, if it has one. Asking for its
    /// cells here says nothing of those rules; that is for whoever keeps them.
    pub fn watch(&mut self, segment: i32, deduces: bool, validates: bool) {
        let Some(index) = usize::try_from(segment).ok().filter(|_| deduces || validates) else {
            return;
        };
        self.watchers.resize(self.watchers.len().max(index + 1), Watcher::NOBODY);
        let watcher = &mut self.watchers[index];
        watcher.deduces |= deduces;
        watcher.validates |= validates;
        watcher.direct = Direct::Nothing;
        watcher.gate = Gate::new(Direct::Nothing, 1, 1);
    }

    /// Whether a number may be stored in the unset cell at `offset` of a real segment without asking
    /// anybody. The caller then stores it there, through [`Segment::dense`].
    ///
    /// [`Segment::dense`]: cairo_zero_memory::Segment::dense
    #[inline(always)]
    pub fn admits(&mut self, segment: i32, offset: u64, number: Cell) -> bool {
        let Some(watcher) = self.watchers.get_mut(segment as usize) else { return true };
        let admitted = watcher.gate.admits(offset, number);
        watcher.admitted += u64::from(admitted);
        admitted
    }

    /// What the step loop may store in a segment without asking.
    #[inline]
    #[must_use]
    pub fn direct(&self, segment: i32) -> Direct {
        self.watcher(segment).direct
    }

    /// Whether all that there is in a runner's segment is what was [admitted](Builtins::admits), and
    /// what follows from it, so that no cell holds anything else than its builtin gives or allows.
    fn is_known(&self, memory: &Memory, runner: &Runner) -> bool {
        let segment = memory.segment(runner.segment());
        self.watcher(runner.segment()).direct.is_checked()
            && segment.is_some_and(|segment| segment.is_direct())
    }

    /// Whether, besides, every instance begun has its inputs.
    fn is_complete(&self, memory: &Memory, runner: &Runner) -> bool {
        let inputs = runner.used_instances(memory).checked_mul(runner.row().input_cells);
        runner.base().segment == runner.segment()
            && inputs == Some(self.watcher(runner.segment()).admitted)
            && self.is_known(memory, runner)
    }

    /// Whether a builtin checks or deduces cells of this segment.
    #[inline]
    #[must_use]
    pub fn watches(&self, segment: i32) -> bool {
        let watcher = self.watcher(segment);
        watcher.deduces || watcher.validates
    }

    /// Whether a builtin gives values to unset cells of this segment. Where none does, a value may
    /// be stored without asking [`Builtins::deduce`] first.
    #[inline]
    #[must_use]
    pub fn deduces(&self, segment: i32) -> bool {
        self.watcher(segment).deduces
    }

    /// Whether a builtin checks what is written to this segment. Where none does,
    /// [`Builtins::validate`] does nothing.
    #[inline]
    #[must_use]
    pub fn validates(&self, segment: i32) -> bool {
        self.watcher(segment).validates
    }

    /// The value of an unset cell where a builtin gives it. The caller stores it there: the cell
    /// counts as verified from then on.
    ///
    /// # Errors
    /// As [`crate::Builtin::deduce`].
    #[inline]
    pub fn deduce(
        &mut self,
        memory: &Memory,
        address: Relocatable,
    ) -> Result<Option<Value>, BuiltinError> {
        let watcher = self.watcher(address.segment);
        if !watcher.deduces || address.offset < 0 {
            return Ok(None);
        }
        match self.runners.get_mut(watcher.runner as usize) {
            Some(runner) => runner.deduce(memory, address),
            None => Ok(None),
        }
    }

    /// Checks a cell that has just been written.
    ///
    /// # Errors
    /// As [`crate::Builtin::validate`].
    #[inline]
    pub fn validate(&mut self, memory: &Memory, address: Relocatable) -> Result<(), BuiltinError> {
        let watcher = self.watcher(address.segment);
        if !watcher.validates {
            return Ok(());
        }
        match self.runners.get_mut(watcher.runner as usize) {
            Some(runner) => runner.validate(memory, address),
            None => Ok(()),
        }
    }

    /// Checks the cells that were in memory before the run began.
    ///
    /// # Errors
    /// As [`crate::Builtin::validate`].
    pub fn validate_existing(&mut self, memory: &Memory) -> Result<(), BuiltinError> {
        for number in 0..self.watchers.len() as i32 {
            let segment = memory.segment(number).filter(|_| self.validates(number));
            for (offset, _) in segment.into_iter().flat_map(|segment| segment.iter()) {
                self.validate(memory, Relocatable::new(number, offset.cast_signed()))?;
            }
        }
        Ok(())
    }

    /// Checks that each set cell of the builtins' segments holds what its builtin deduces for it.
    /// For the end of a run, when the relocation rules are applied.
    ///
    /// # Errors
    /// As [`Runner::verify_deductions`].
    pub fn verify_auto_deductions(&mut self, memory: &Memory) -> Result<(), BuiltinError> {
        for index in 0..self.runners.len() {
            if !self.is_known(memory, &self.runners[index]) {
                self.runners[index].verify_deductions(memory)?;
            }
        }
        Ok(())
    }

    /// Gives each unset cell of an instance begun the value that its builtin deduces for it.
    ///
    /// # Errors
    /// As [`Runner::fill_holes`].
    pub fn fill_holes(&mut self, memory: &mut Memory) -> Result<(), BuiltinError> {
        self.runners.iter_mut().try_for_each(|runner| runner.fill_holes(memory))
    }

    /// The builtins' checks of a secure run, in the order of their segments.
    ///
    /// # Errors
    /// As [`Runner::run_security_checks`].
    pub fn run_security_checks(&mut self, memory: &Memory) -> Result<(), BuiltinError> {
        for index in 0..self.runners.len() {
            if !self.is_complete(memory, &self.runners[index]) {
                self.runners[index].run_security_checks(memory)?;
            }
        }
        Ok(())
    }

    /// How many cells the zero segment has to have; there is none when nothing needs it.
    #[must_use]
    pub fn zeros_needed(&self) -> u64 {
        self.runners.iter().map(Runner::zeros_needed).max().unwrap_or(0)
    }
}
