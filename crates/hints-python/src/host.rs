//! [`Host`]: what the Python objects of a run share.
//!
//! The machine belongs to the run. It is moved in here while a Python hint runs and moved out again
//! behind it, so that Python objects reach it without a pointer that could outlive it. No borrow is
//! ever held while Python code runs: methods take what they need, let go, and go on.

use std::cell::{OnceCell, RefCell};
use std::fmt;
use std::rc::{Rc, Weak};

use cairo_zero_core::{Relocatable, Value};
use cairo_zero_executor::{Machine, Registers};
use cairo_zero_hints::{Exception, Scopes};
use rustpython_vm::builtins::{PyBaseExceptionRef, PyIntRef};
use rustpython_vm::{PyResult, VirtualMachine};

use crate::exceptions::Exceptions;

/// What the Python objects of a run share.
pub(crate) struct Host {
    machine: RefCell<Machine>,
    scopes: RefCell<Scopes>,
    exceptions: OnceCell<Exceptions>,
    prime: OnceCell<PyIntRef>,
}

impl fmt::Debug for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Host")
    }
}

thread_local! {
    /// The host of this thread's interpreter, for classes that Python code makes objects of.
    static CURRENT: RefCell<Weak<Host>> = const { RefCell::new(Weak::new()) };
}

/// The host of this thread's interpreter.
///
/// # Errors
/// When it is gone, which it is only after the run.
pub(crate) fn current(vm: &VirtualMachine) -> PyResult<Rc<Host>> {
    let found = CURRENT.with_borrow(Weak::upgrade);
    found.ok_or_else(|| vm.new_runtime_error("there is no run any more"))
}

/// A machine that stands in while the run has its own.
fn idle_machine() -> Machine {
    let registers = Registers {
        pc: Value::Relocatable(Relocatable::default()),
        ap: Relocatable::default(),
        fp: Value::Relocatable(Relocatable::default()),
    };
    Machine::new(Default::default(), Default::default(), registers)
}

impl Host {
    pub(crate) fn new() -> Rc<Self> {
        Rc::new(Self {
            machine: RefCell::new(idle_machine()),
            scopes: RefCell::default(),
            exceptions: OnceCell::new(),
            prime: OnceCell::new(),
        })
    }

    /// Takes over what exists only once the interpreter runs.
    pub(crate) fn start(self: &Rc<Self>, exceptions: Exceptions, prime: PyIntRef) {
        CURRENT.set(Rc::downgrade(self));
        let _ = self.exceptions.set(exceptions);
        let _ = self.prime.set(prime);
    }

    /// Exchanges machine and scopes with the run's: before a hint, and again behind it.
    pub(crate) fn exchange(&self, machine: &mut Machine, scopes: &mut Scopes) {
        std::mem::swap(&mut *self.machine.borrow_mut(), machine);
        std::mem::swap(&mut *self.scopes.borrow_mut(), scopes);
    }

    /// Does something with the machine that runs no Python code.
    pub(crate) fn machine<T>(&self, work: impl FnOnce(&mut Machine) -> T) -> T {
        work(&mut self.machine.borrow_mut())
    }

    /// Does something with the scopes that runs no Python code.
    pub(crate) fn scopes<T>(&self, work: impl FnOnce(&mut Scopes) -> T) -> T {
        work(&mut self.scopes.borrow_mut())
    }

    /// The Python exception for one of ours.
    #[cold]
    pub(crate) fn exception(
        &self,
        exception: &Exception,
        vm: &VirtualMachine,
    ) -> PyBaseExceptionRef {
        match self.exceptions.get() {
            Some(exceptions) => exceptions.make(exception, vm),
            None => vm.new_runtime_error(exception.to_string()),
        }
    }

    /// A result with the Python exception for ours.
    pub(crate) fn check<T>(
        &self,
        result: Result<T, Exception>,
        vm: &VirtualMachine,
    ) -> PyResult<T> {
        result.map_err(|exception| self.exception(&exception, vm))
    }

    /// `PRIME`.
    pub(crate) fn prime(&self, vm: &VirtualMachine) -> PyIntRef {
        match self.prime.get() {
            Some(prime) => prime.clone(),
            None => vm.ctx.new_int(crate::convert::prime()),
        }
    }
}
