//! `output_builtin`, `range_check_builtin` and so on: the run's builtins as hints see them.

use std::rc::Rc;

use cairo_zero_builtins::{Ecdsa, Output, Signature};
use cairo_zero_core::{BuiltinName, Relocatable};
use cairo_zero_hints::{Exception, ExceptionClass};
use malachite_bigint::BigInt;
use rustpython_vm::builtins::{PyBaseExceptionRef, PyDictRef, PyIntRef, PyNamespace, PyStr};
use rustpython_vm::types::GetAttr;
use rustpython_vm::{
    AsObject, FromArgs, Py, PyObjectRef, PyPayload, PyRef, PyResult, VirtualMachine, pyclass,
};

use crate::convert::{reduced_address, value_of};
use crate::host::Host;
use crate::relocatable::{self, PyRelocatable};

/// A builtin in Python.
#[pyclass(module = "starkware.cairo.lang.vm.builtin_runner", name = "BuiltinRunner")]
#[derive(Debug, PyPayload)]
pub(crate) struct PyBuiltin {
    host: Rc<Host>,
    name: BuiltinName,
}

/// The arguments of `add_page`.
#[derive(FromArgs)]
struct AddPage {
    #[pyarg(any)]
    page_id: u64,
    #[pyarg(any)]
    page_start: PyObjectRef,
    #[pyarg(any)]
    page_size: u64,
}

impl PyBuiltin {
    pub(crate) const fn new(host: Rc<Host>, name: BuiltinName) -> Self {
        Self { host, name }
    }

    fn base_address(&self, vm: &VirtualMachine) -> PyResult<Relocatable> {
        let base = self
            .host
            .machine(|machine| machine.builtins.get(self.name).map(|runner| runner.base()));
        base.ok_or_else(|| vm.new_runtime_error(format!("There is no {} builtin.", self.name)))
    }

    fn assertion(&self, message: String, vm: &VirtualMachine) -> PyBaseExceptionRef {
        self.host.exception(&Exception::new(ExceptionClass::AssertionError, message), vm)
    }

    /// The first number that a range check refuses.
    fn bound(&self) -> Option<BigInt> {
        match self.name {
            BuiltinName::RangeCheck => Some(BigInt::from(1) << 128),
            BuiltinName::RangeCheck96 => Some(BigInt::from(1) << 96),
            _ => None,
        }
    }
}

#[pyclass(with(GetAttr))]
impl PyBuiltin {
    #[pygetset]
    fn base(&self, vm: &VirtualMachine) -> PyResult<PyRef<PyRelocatable>> {
        Ok(relocatable::new(self.base_address(vm)?, vm))
    }

    #[pygetset]
    fn name(&self) -> String {
        self.name.to_string()
    }

    #[pygetset]
    fn included(&self) -> bool {
        self.host.machine(|machine| {
            machine.builtins.get(self.name).is_some_and(|runner| runner.included())
        })
    }

    #[pymethod]
    fn add_page(&self, page: AddPage, vm: &VirtualMachine) -> PyResult<()> {
        if self.name != BuiltinName::Output {
            let message = "Only the output builtin has pages.".to_owned();
            return Err(vm.new_attribute_error(message));
        }
        let base = self.base_address(vm)?;
        let start = match page.page_start.downcast_ref::<PyRelocatable>() {
            Some(start) if reduced_address(start).is_some() => value_of(start.as_object(), vm)?,
            _ => None,
        };
        let Some(start) = start else {
            let message = "page_start must be in the output segment.".to_owned();
            return Err(self.assertion(message, vm));
        };
        let added = self.host.machine(|machine| {
            let runner = machine.builtins.get_mut(BuiltinName::Output)?;
            let output = runner.downcast_mut::<Output>()?;
            Some(output.add_page(base, page.page_id, start, page.page_size))
        });
        match added {
            Some(Err(error)) => Err(self.assertion(error.to_string(), vm)),
            Some(Ok(())) | None => Ok(()),
        }
    }

    /// The pages declared so far: a dictionary from a page's number to its `start` and `size`.
    #[pygetset]
    fn pages(&self, vm: &VirtualMachine) -> PyResult<PyDictRef> {
        let pages = self.host.machine(|machine| {
            let runner = machine.builtins.get_mut(self.name)?;
            runner.downcast_mut::<Output>().map(|output| output.pages().to_vec())
        });
        let Some(pages) = pages else {
            return Err(vm.new_attribute_error("Only the output builtin has pages.".to_owned()));
        };
        let dict = vm.ctx.new_dict();
        for (number, page) in pages {
            let shown = PyNamespace {}.into_ref(&vm.ctx);
            shown.as_object().set_attr("start", vm.ctx.new_int(page.start), vm)?;
            shown.as_object().set_attr("size", vm.ctx.new_int(page.size), vm)?;
            dict.set_item(vm.ctx.new_int(number).as_object(), shown.into(), vm)?;
        }
        Ok(dict)
    }

    #[pymethod]
    fn add_attribute(&self, attribute: AddAttribute, vm: &VirtualMachine) -> PyResult<()> {
        let json = vm.import("json", 0)?.get_attr("dumps", vm)?;
        let json = json.call((attribute.attribute_value,), vm)?.try_to_value::<String>(vm)?;
        let added = self.host.machine(|machine| {
            let output = machine.builtins.get_mut(self.name)?.downcast_mut::<Output>()?;
            output.add_attribute(&attribute.attribute_name, json);
            Some(())
        });
        added.ok_or_else(|| {
            vm.new_attribute_error("Only the output builtin has attributes.".to_owned())
        })
    }

    #[pymethod]
    fn add_signature(&self, signed: AddSignature, vm: &VirtualMachine) -> PyResult<()> {
        if self.name != BuiltinName::Ecdsa {
            let message = "Only the ecdsa builtin has signatures.".to_owned();
            return Err(vm.new_attribute_error(message));
        }
        let base = self.base_address(vm)?;
        let Some(address) = value_of(&signed.addr, vm)? else {
            let message = "Expected memory address to be relocatable value.".to_owned();
            return Err(self.assertion(message, vm));
        };
        let parts: Vec<PyIntRef> = signed.signature.try_to_value(vm)?;
        let [r, s] = parts.as_slice() else {
            return Err(vm.new_value_error("A signature is a pair of integers.".to_owned()));
        };
        let number = |part: &PyIntRef| {
            num_bigint::BigInt::from_signed_bytes_le(&part.as_bigint().to_signed_bytes_le())
        };
        let signature = Signature { r: number(r), s: number(s) };
        let added = self.host.machine(|machine| {
            let runner = machine.builtins.get_mut(BuiltinName::Ecdsa)?;
            Some(runner.downcast_mut::<Ecdsa>()?.add_signature(base, address, signature))
        });
        match added {
            Some(Err(error)) => Err(self.assertion(error.to_string(), vm)),
            Some(Ok(())) | None => Ok(()),
        }
    }
}

/// The arguments of `add_attribute`.
#[derive(FromArgs)]
struct AddAttribute {
    #[pyarg(any)]
    attribute_name: String,
    #[pyarg(any)]
    attribute_value: PyObjectRef,
}

/// The arguments of `add_signature`.
#[derive(FromArgs)]
struct AddSignature {
    #[pyarg(any)]
    addr: PyObjectRef,
    #[pyarg(any)]
    signature: PyObjectRef,
}

impl GetAttr for PyBuiltin {
    fn getattro(zelf: &Py<Self>, name: &Py<PyStr>, vm: &VirtualMachine) -> PyResult {
        if name.as_bytes() == b"bound"
            && let Some(bound) = zelf.bound()
        {
            let bound: PyIntRef = vm.ctx.new_int(bound);
            return Ok(bound.into());
        }
        zelf.as_object().generic_getattr(name, vm)
    }
}
