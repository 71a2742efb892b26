//! [`Rules`]: what hints have the machine ask about cells, besides the builtins.
//!
//! The loop pays nothing for this: segments with rules are marked as watched ([`Builtins::watch`]),
//! which sends their cells to the generic step, and only that asks here. A rule for the execution
//! segment, whose cells the handlers write without asking, has every instruction take the generic
//! step.
//!
//! [`Builtins::watch`]: cairo_zero_builtins::Builtins::watch

use std::rc::Rc;

use cairo_zero_core::{Relocatable, Value};

use crate::{ExecutionError, Machine};

/// Why a rule failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct RuleError {
    /// What the rule said.
    pub message: String,
    /// The exit status, when the rule ended the process instead of failing.
    pub exit: Option<i32>,
}

/// Rules for the cells of some segments.
pub trait Rules {
    /// The segments that have rules, temporary ones included.
    fn segments(&self) -> Vec<i32>;

    /// Whether a rule checks what is written to this segment.
    fn validates(&self, segment: i32) -> bool;

    /// Whether a rule gives values to unset cells of this segment.
    fn deduces(&self, segment: i32) -> bool;

    /// Checks a cell that has just been written. The rule may change the machine.
    ///
    /// # Errors
    /// When the rule refuses the value.
    fn validate(&self, machine: &mut Machine, address: Relocatable) -> Result<(), RuleError>;

    /// The value that a rule gives for a cell; it need not be unset.
    ///
    /// # Errors
    /// When the rule fails.
    fn deduce(
        &self,
        machine: &mut Machine,
        address: Relocatable,
    ) -> Result<Option<Value>, RuleError>;

    /// Checks that set cells hold what the rules give for them. For the end of a run, when the
    /// relocation rules are applied.
    ///
    /// # Errors
    /// When a cell holds something else, or a rule fails.
    fn verify(&self, machine: &mut Machine) -> Result<(), RuleError>;
}

impl Machine {
    /// Has the machine ask `rules`; call it again when they watch another segment.
    pub fn set_rules(&mut self, rules: Rc<dyn Rules>) {
        let execution = self.view.execution_segment;
        for segment in rules.segments() {
            // The handlers write these without asking whether they are watched.
            self.only_generic |= segment == execution || segment < 0;
            self.builtins.watch(segment, rules.deduces(segment), rules.validates(segment));
        }
        self.rules = Some(rules);
    }

    /// Whether any rules are asked.
    #[inline]
    #[must_use]
    pub const fn has_rules(&self) -> bool {
        self.rules.is_some()
    }

    /// Has the rules check a cell that has just been written, if there are any.
    ///
    /// # Errors
    /// When a rule refuses the value.
    #[inline]
    pub fn validate_by_rules(&mut self, address: Relocatable) -> Result<(), ExecutionError> {
        match &self.rules {
            None => Ok(()),
            Some(rules) => self.validate_by(Rc::clone(rules), address),
        }
    }

    #[cold]
    fn validate_by(
        &mut self,
        rules: Rc<dyn Rules>,
        address: Relocatable,
    ) -> Result<(), ExecutionError> {
        if rules.validates(address.segment) {
            rules.validate(self, address)?;
        }
        Ok(())
    }

    /// The value that the rules give for an unset cell, if there are any.
    #[cold]
    pub(crate) fn deduce_by_rules(
        &mut self,
        address: Relocatable,
    ) -> Result<Option<Value>, ExecutionError> {
        match self.rules.clone() {
            Some(rules) if rules.deduces(address.segment) => Ok(rules.deduce(self, address)?),
            _ => Ok(None),
        }
    }

    /// What the end of a run checks about the rules.
    ///
    /// # Errors
    /// As [`Rules::verify`].
    pub fn verify_rules(&mut self) -> Result<(), RuleError> {
        match self.rules.clone() {
            Some(rules) => rules.verify(self),
            None => Ok(()),
        }
    }
}
