//! The machine as deduction rules see it: their first argument, `VirtualMachine` in cairo-lang.

use std::rc::Rc;

use cairo_zero_core::Value;
use rustpython_vm::builtins::{PyDictRef, PyStr};
use rustpython_vm::types::GetAttr;
use rustpython_vm::{
    AsObject, Py, PyObjectRef, PyPayload, PyRef, PyResult, VirtualMachine, pyclass,
};

use crate::convert::object_of;
use crate::host::Host;
use crate::memory::PyMemory;

/// The machine in Python.
#[pyclass(module = "starkware.cairo.lang.vm.vm_core", name = "VirtualMachine")]
#[derive(Debug, PyPayload)]
pub(crate) struct PyMachine {
    host: Rc<Host>,
    /// The memory of hint scopes.
    checked: PyRef<PyMemory>,
    context: PyObjectRef,
    /// What does not change during a run: the functions that hints have under other names too.
    fixed: PyDictRef,
}

impl PyMachine {
    /// The machine with these memories, the checked one first, and these further attributes.
    pub(crate) fn new(
        host: &Rc<Host>,
        checked: PyRef<PyMemory>,
        unchecked: PyRef<PyMemory>,
        fixed: PyDictRef,
        vm: &VirtualMachine,
    ) -> Self {
        let context = PyRunContext { host: Rc::clone(host), memory: unchecked };
        Self { host: Rc::clone(host), checked, context: context.into_pyobject(vm), fixed }
    }
}

#[pyclass(with(GetAttr))]
impl PyMachine {
    #[pygetset]
    fn run_context(&self) -> PyObjectRef {
        self.context.clone()
    }

    #[pygetset]
    fn validated_memory(&self) -> PyRef<PyMemory> {
        self.checked.clone()
    }

    #[pygetset]
    fn prime(&self, vm: &VirtualMachine) -> PyObjectRef {
        self.host.prime(vm).into()
    }

    #[pygetset]
    fn current_step(&self) -> u64 {
        self.host.machine(|machine| machine.steps())
    }

    #[pymethod]
    fn is_integer_value(&self, value: PyObjectRef) -> bool {
        value.downcast_ref::<rustpython_vm::builtins::PyInt>().is_some()
    }
}

impl GetAttr for PyMachine {
    fn getattro(zelf: &Py<Self>, name: &Py<PyStr>, vm: &VirtualMachine) -> PyResult {
        match zelf.fixed.get_item_opt(name, vm)? {
            Some(found) => Ok(found),
            None => zelf.as_object().generic_getattr(name, vm),
        }
    }
}

/// `vm.run_context`: the registers and the memory without checks.
#[pyclass(module = "starkware.cairo.lang.vm.vm_core", name = "RunContext")]
#[derive(Debug, PyPayload)]
pub(crate) struct PyRunContext {
    host: Rc<Host>,
    memory: PyRef<PyMemory>,
}

#[pyclass]
impl PyRunContext {
    #[pygetset]
    fn memory(&self) -> PyRef<PyMemory> {
        self.memory.clone()
    }

    #[pygetset]
    fn prime(&self, vm: &VirtualMachine) -> PyObjectRef {
        self.host.prime(vm).into()
    }

    #[pygetset]
    fn pc(&self, vm: &VirtualMachine) -> PyObjectRef {
        object_of(self.host.machine(|machine| machine.registers().pc), vm)
    }

    #[pygetset]
    fn ap(&self, vm: &VirtualMachine) -> PyObjectRef {
        object_of(Value::Relocatable(self.host.machine(|machine| machine.registers().ap)), vm)
    }

    #[pygetset]
    fn fp(&self, vm: &VirtualMachine) -> PyObjectRef {
        object_of(self.host.machine(|machine| machine.registers().fp), vm)
    }
}
