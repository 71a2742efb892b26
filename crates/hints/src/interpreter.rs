//! [`Interpreter`]: what runs the hints that no native code covers.

use std::rc::Rc;
use std::sync::Arc;

use cairo_zero_core::Relocatable;
use cairo_zero_executor::Machine;
use cairo_zero_program::Program;

use crate::object::Object;
use crate::{Failure, Names, ScopeVariables, Scopes};

/// What a hint works on while it runs.
pub struct Context<'a> {
    /// Memory, builtins and registers.
    pub machine: &'a mut Machine,
    /// The scopes of hint variables.
    pub scopes: &'a mut Scopes,
    /// What the names of the program's hints stand for.
    pub names: &'a Rc<Names>,
    /// The number of the hint in the program, from 0.
    pub hint: u32,
}

/// An interpreter of the language hints are written in.
pub trait Interpreter {
    /// Checks that a hint's text can be compiled; called for each different text before the run.
    /// This must be cheap and start nothing: most programs never run most of their hints.
    ///
    /// # Errors
    /// When the text is no program; `number` is the first hint that has it.
    fn check(&mut self, number: u32, source: &str) -> Result<(), Failure>;

    /// Runs a hint whose text has been checked.
    ///
    /// # Errors
    /// When it raises an exception or ends the process.
    fn run(&mut self, context: Context<'_>, source: &str) -> Result<(), Failure>;

    /// The variable of this name in a scope of the interpreter. What has no form of its own among
    /// [`Object`]s is an [`Object::Foreign`].
    fn load(&mut self, scope: &ScopeVariables, name: &str) -> Option<Object>;

    /// Sets a variable in a scope of the interpreter.
    fn store(&mut self, scope: &ScopeVariables, name: &str, object: Object);

    /// Takes a variable out of a scope of the interpreter.
    fn remove(&mut self, scope: &ScopeVariables, name: &str);

    /// Whether hints have loaded programs since [`Interpreter::take_loaded`] was last asked.
    fn has_loaded(&self) -> bool {
        false
    }

    /// Takes over the programs that hints have loaded since this was last asked, with the addresses of
    /// their first cells. Their hints' texts have been checked; the first of them has the number
    /// behind the last one known.
    fn take_loaded(&mut self) -> Vec<(Arc<Program>, Relocatable)> {
        Vec::new()
    }

    /// Passes on what hints have printed so far.
    fn flush(&mut self) {}
}
