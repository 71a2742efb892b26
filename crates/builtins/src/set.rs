//! [`Builtins`]: the builtins of one run, found by segment.

use cairo_zero_core::{BuiltinName, Relocatable, Value};
use cairo_zero_memory::Memory;

use crate::{BuiltinError, Runner, make, row};

/// The builtins of one run, in the order of their segments.
#[derive(Default)]
pub struct Builtins {
    runners: Vec<Runner>,
    /// Which runner watches a segment, by the segment's number; `u8::MAX` is none.
    watchers: Vec<u8>,
}

const NOBODY: u8 = u8::MAX;

impl Builtins {
    /// Adds a builtin whose segment begins at `base`; false when this version does not run it.
    pub fn add(&mut self, name: BuiltinName, base: Relocatable, included: bool) -> bool {
        let (Some(row), Some(builtin)) = (row(name), make(name)) else {
            return false;
        };
        let index = base.segment as usize;
        self.watchers.resize(self.watchers.len().max(index + 1), NOBODY);
        self.watchers[index] = self.runners.len() as u8;
        self.runners.push(Runner::new(row, builtin, base, included));
        true
    }

    /// The builtins in the order of their segments.
    #[must_use]
    pub fn runners(&self) -> &[Runner] {
        &self.runners
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

    /// Whether a builtin checks or deduces cells of this segment.
    #[inline]
    #[must_use]
    pub fn watches(&self, segment: i32) -> bool {
        self.watcher(segment).is_some()
    }

    #[inline]
    fn watcher(&self, segment: i32) -> Option<usize> {
        match self.watchers.get(segment as usize) {
            Some(&watcher) if watcher != NOBODY => Some(watcher as usize),
            _ => None,
        }
    }

    /// The value of an unset cell where a builtin gives it.
    ///
    /// # Errors
    /// As [`crate::Builtin::deduce`].
    #[inline]
    pub fn deduce(
        &mut self,
        memory: &Memory,
        address: Relocatable,
    ) -> Result<Option<Value>, BuiltinError> {
        match self.watcher(address.segment) {
            None => Ok(None),
            Some(at) => self.runners[at].builtin().deduce(memory, address),
        }
    }

    /// Checks a cell that has just been written.
    ///
    /// # Errors
    /// As [`crate::Builtin::validate`].
    #[inline]
    pub fn validate(&mut self, memory: &Memory, address: Relocatable) -> Result<(), BuiltinError> {
        match self.watcher(address.segment) {
            None => Ok(()),
            Some(at) => self.runners[at].builtin().validate(memory, address),
        }
    }
}
