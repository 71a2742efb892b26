//! [`Host`]: what the Python objects of a run share.
//!
//! The machine belongs to the run. It is moved in here while a Python hint runs and moved out again
//! behind it, so that Python objects reach it without a pointer that could outlive it. No borrow is
//! ever held while Python code runs: methods take what they need, let go, and go on.

use std::cell::{Cell, OnceCell, RefCell};
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::{Rc, Weak};

use cairo_zero_core::{Relocatable, Value};
use cairo_zero_executor::{Accessed, Machine, Registers};
use cairo_zero_hints::{Exception, Scopes};
use rustpython_vm::builtins::{PyBaseExceptionRef, PyIntRef};
use rustpython_vm::{PyObject, PyResult, VirtualMachine};

use crate::exceptions::Exceptions;
use crate::limits::Unwound;
use crate::memory;
use crate::module_path::{Found, ModulePath};
use crate::names::HostNames;
use crate::program::LoadedPrograms;
use crate::rules::RuleBook;
use crate::start::Running;

/// What the Python objects of a run share.
pub(crate) struct Host {
    machine: RefCell<Machine>,
    scopes: RefCell<Scopes>,
    exceptions: OnceCell<Exceptions>,
    prime: OnceCell<PyIntRef>,
    running: RefCell<Weak<Running>>,
    rules: RefCell<RuleBook>,
    accessed: RefCell<Accessed>,
    names: RefCell<Option<Rc<HostNames>>>,
    loaded: RefCell<LoadedPrograms>,
    users_modules: RefCell<ModulePath>,
    users_modules_hidden: Cell<bool>,
    /// The size of the program that the run began with, in cells.
    pub(crate) program_size: Cell<u64>,
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
            running: RefCell::default(),
            rules: RefCell::default(),
            accessed: RefCell::default(),
            names: RefCell::default(),
            loaded: RefCell::default(),
            users_modules: RefCell::default(),
            users_modules_hidden: Cell::default(),
            program_size: Cell::default(),
        })
    }

    /// Takes over what exists only once the interpreter runs.
    pub(crate) fn start(self: &Rc<Self>, exceptions: Exceptions, prime: PyIntRef) {
        CURRENT.set(Rc::downgrade(self));
        let _ = self.exceptions.set(exceptions);
        let _ = self.prime.set(prime);
    }

    /// Notes the interpreter, which owns what is kept here and so is only pointed to.
    pub(crate) fn set_running(&self, running: &Rc<Running>) {
        *self.running.borrow_mut() = Rc::downgrade(running);
    }

    fn running(&self, vm: &VirtualMachine) -> PyResult<Rc<Running>> {
        let running = self.running.borrow().upgrade();
        running.ok_or_else(|| vm.new_runtime_error("The interpreter has ended.".to_owned()))
    }

    /// Runs Python code with the machine and the scopes lent to it; `hint` is the number of the hint
    /// that a limit is reported for.
    ///
    /// # Errors
    /// When the interpreter itself fails, with a sentence about it.
    pub(crate) fn lend<T>(
        &self,
        machine: &mut Machine,
        scopes: &mut Scopes,
        hint: u32,
        work: impl FnOnce(&VirtualMachine) -> T,
    ) -> Result<T, String> {
        let running = self.running.borrow().upgrade();
        let running = running.ok_or("SystemError: the interpreter has ended.")?;
        self.exchange(machine, scopes);
        // A panic of the interpreter must not take more down than the hint.
        running.watch.enter(hint);
        let result = catch_unwind(AssertUnwindSafe(|| running.interpreter.enter(work)));
        let result = result.map_err(|cause| match cause.downcast::<Unwound>() {
            Ok(unwound) => Some(unwound.0),
            Err(_) => running.watch.asked(),
        });
        running.watch.leave();
        self.exchange(machine, scopes);
        result.map_err(|limit| match limit {
            Some(reason) => format!("LimitExceeded: {reason}"),
            None => String::from(
                "SystemError: the interpreter failed inside; this is a bug of cairo-run.",
            ),
        })
    }

    /// Exchanges machine and scopes with the run's: before a hint, and again behind it.
    fn exchange(&self, machine: &mut Machine, scopes: &mut Scopes) {
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

    /// Does something with the programs that hints have loaded.
    pub(crate) fn loaded<T>(&self, work: impl FnOnce(&mut LoadedPrograms) -> T) -> T {
        work(&mut self.loaded.borrow_mut())
    }

    /// Notes the names that hints are given.
    pub(crate) fn set_names(&self, names: &Rc<HostNames>) {
        *self.names.borrow_mut() = Some(Rc::clone(names));
    }

    /// Takes out the names that have stayed in a scope behind the last hint, for Python code that
    /// runs between hints.
    pub(crate) fn take_names(&self, vm: &VirtualMachine) -> PyResult<()> {
        let names = self.names.borrow().clone();
        match names {
            Some(names) => names.take_kept(&self.running(vm)?.keys, vm),
            None => Ok(()),
        }
    }

    /// Says where the user's own modules are.
    pub(crate) fn set_users_modules(&self, path: ModulePath) {
        *self.users_modules.borrow_mut() = path;
    }

    /// Whether there are folders with the user's own modules.
    pub(crate) fn has_users_modules(&self) -> bool {
        !self.users_modules.borrow().is_empty()
    }

    /// Has imports not find the user's modules for a while.
    pub(crate) fn hide_users_modules(&self, hidden: bool) {
        self.users_modules_hidden.set(hidden);
    }

    /// The user's module of this name, for an import.
    pub(crate) fn find_module(&self, name: &str) -> Result<Option<Found>, String> {
        if self.users_modules_hidden.get() {
            return Ok(None);
        }
        self.find_users_module(name)
    }

    /// The user's module of this name.
    pub(crate) fn find_users_module(&self, name: &str) -> Result<Option<Found>, String> {
        self.users_modules.borrow().find(name)
    }

    /// Does something with the rules that runs no Python code.
    pub(crate) fn rules<T>(&self, work: impl FnOnce(&mut RuleBook) -> T) -> T {
        work(&mut self.rules.borrow_mut())
    }

    /// Whether an instruction has touched the cell.
    pub(crate) fn is_accessed(&self, address: Relocatable) -> bool {
        let mut accessed = self.accessed.borrow_mut();
        let size = self.program_size.get();
        self.machine(|machine| accessed.update(machine, size));
        accessed.contains(address)
    }

    /// The memory without checks.
    pub(crate) fn unchecked_memory(&self, vm: &VirtualMachine) -> PyResult {
        Ok(self.running(vm)?.unchecked.clone().into())
    }

    /// The machine as rules get it.
    pub(crate) fn machine_object(&self, vm: &VirtualMachine) -> PyResult {
        Ok(self.running(vm)?.machine.clone())
    }

    /// A Python value as `memory[…] = value` stores it.
    pub(crate) fn reduced(&self, value: &PyObject, vm: &VirtualMachine) -> PyResult<Value> {
        memory::reduced(self, value, vm)
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
