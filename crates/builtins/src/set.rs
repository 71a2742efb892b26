//! [`Builtins`]: the builtins of one run, found by segment.

use cairo_zero_core::{BuiltinName, Relocatable, Value};
use cairo_zero_memory::Memory;

use crate::{Builtin, BuiltinError, Runner, make, row};

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
}

impl Watcher {
    const NOBODY: Self = Self { runner: u8::MAX, deduces: false, validates: false };
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
        self.watchers[index] = Watcher {
            runner: self.runners.len() as u8,
            deduces: row.deduces,
            validates: row.validates,
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
        self.runners.iter_mut().try_for_each(|runner| runner.verify_deductions(memory))
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
        self.runners.iter_mut().try_for_each(|runner| runner.run_security_checks(memory))
    }

    /// How many cells the zero segment has to have; there is none when nothing needs it.
    #[must_use]
    pub fn zeros_needed(&self) -> u64 {
        self.runners.iter().map(Runner::zeros_needed).max().unwrap_or(0)
    }
}
