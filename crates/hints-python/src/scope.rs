//! [`PyScope`]: the dictionary that the hints of one scope run in.

use std::cell::Cell;
use std::rc::Rc;

use cairo_zero_hints::{Scope, ScopeVariables};
use rustpython_vm::builtins::PyDictRef;
use rustpython_vm::{PyResult, VirtualMachine};

/// The dictionary that the hints of one scope run in.
pub(crate) struct PyScope {
    pub(crate) dict: PyDictRef,
    /// How many hints have run in it since it was tidied.
    runs: Cell<u32>,
}

/// A dictionary of the interpreter keeps the place of every key that was ever put in while others
/// are taken out. The host's names come and go with each hint, so after this many hints the
/// dictionary is filled anew.
const RUNS: u32 = 256;

impl PyScope {
    /// A scope that keeps its variables in this dictionary.
    pub(crate) const fn new(dict: PyDictRef) -> Self {
        Self { dict, runs: Cell::new(0) }
    }

    /// As [`PyScope::new`], as the scope stack keeps it.
    pub(crate) fn attach(dict: PyDictRef) -> Scope {
        Scope::Interpreter(Rc::new(Self::new(dict)))
    }

    /// The scope behind variables that [`PyScope::attach`] made.
    pub(crate) fn of(variables: &ScopeVariables) -> Option<Rc<Self>> {
        Rc::clone(variables).downcast().ok()
    }

    /// Gives back the room of names long gone, once in a while. The order of the rest stays.
    pub(crate) fn tidy(&self, vm: &VirtualMachine) -> PyResult<()> {
        let runs = self.runs.get() + 1;
        if runs < RUNS {
            self.runs.set(runs);
            return Ok(());
        }
        self.runs.set(0);
        let items = self.dict.items_vec();
        self.dict.clear();
        for (key, value) in items {
            self.dict.set_item(&*key, value, vm)?;
        }
        Ok(())
    }
}
