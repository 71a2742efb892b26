//! What is the output builtin's own in Python: its pages, attributes and states.

use std::rc::Rc;

use cairo_zero_builtins::{Output, OutputState, Page};
use cairo_zero_core::BuiltinName;
use rustpython_vm::builtins::{PyDictRef, PyNamespace};
use rustpython_vm::{AsObject, PyPayload, PyRef, PyResult, VirtualMachine, pyclass};

use crate::host::Host;
use crate::relocatable::{self, PyRelocatable};

/// What `output_builtin.get_state()` gives and `set_state` takes.
#[pyclass(module = "types", name = "SimpleNamespace")]
#[derive(Debug, PyPayload)]
pub(crate) struct PyOutputState {
    host: Rc<Host>,
    state: OutputState,
}

/// The output builtin's part of the state it is in.
fn contents<T>(host: &Host, state: OutputState, work: impl FnOnce(&Output) -> T) -> Option<T> {
    host.machine(|machine| {
        let runner = machine.builtins.get_mut(BuiltinName::Output)?;
        let now = runner.output_state()?;
        runner.set_output_state(state);
        let found = runner.downcast::<Output>().map(work);
        runner.set_output_state(now);
        found
    })
}

/// The builtin's state, if the run has it.
pub(crate) fn state(host: &Rc<Host>) -> Option<PyOutputState> {
    let state = host.machine(|machine| machine.builtins.get(BuiltinName::Output)?.output_state());
    state.map(|state| PyOutputState { host: Rc::clone(host), state })
}

/// Pages as Python sees them: a dictionary from a page's number to its `start` and `size`.
fn pages(pages: Vec<(u64, Page)>, vm: &VirtualMachine) -> PyResult<PyDictRef> {
    let dict = vm.ctx.new_dict();
    for (number, page) in pages {
        let shown = PyNamespace {}.into_ref(&vm.ctx);
        shown.as_object().set_attr("start", vm.ctx.new_int(page.start), vm)?;
        shown.as_object().set_attr("size", vm.ctx.new_int(page.size), vm)?;
        dict.set_item(vm.ctx.new_int(number).as_object(), shown.into(), vm)?;
    }
    Ok(dict)
}

impl PyOutputState {
    /// Goes back to this state.
    pub(crate) fn restore(&self) {
        self.host.machine(|machine| {
            if let Some(runner) = machine.builtins.get_mut(BuiltinName::Output) {
                runner.set_output_state(self.state);
            }
        });
    }
}

#[pyclass]
impl PyOutputState {
    #[pygetset]
    fn base(&self, vm: &VirtualMachine) -> PyRef<PyRelocatable> {
        relocatable::new(self.state.base(), vm)
    }

    #[pygetset]
    pub(crate) fn pages(&self, vm: &VirtualMachine) -> PyResult<PyDictRef> {
        let found = contents(&self.host, self.state, |output| output.pages().to_vec());
        pages(found.unwrap_or_default(), vm)
    }

    #[pygetset]
    pub(crate) fn attributes(&self, vm: &VirtualMachine) -> PyResult<PyDictRef> {
        let found = contents(&self.host, self.state, |output| output.attributes().to_vec());
        let loads = vm.import("json", 0)?.get_attr("loads", vm)?;
        let dict = vm.ctx.new_dict();
        for (name, json) in found.unwrap_or_default() {
            dict.set_item(name.as_str(), loads.call((json,), vm)?, vm)?;
        }
        Ok(dict)
    }
}
