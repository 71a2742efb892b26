//! `output_builtin`, `range_check_builtin` and so on: the run's builtins as hints see them.

use std::rc::Rc;

use cairo_zero_builtins::{
    Builtin, Ecdsa, Modulo, Output, Pedersen, RangeCheck, Row, Signature, row,
};
use cairo_zero_core::{BuiltinName, Relocatable};
use cairo_zero_hints::{Exception, ExceptionClass};
use malachite_bigint::BigInt;
use rustpython_vm::builtins::{PyBaseExceptionRef, PyDictRef, PyIntRef, PyNamespace, PyStr};
use rustpython_vm::common::lock::LazyLock;
use rustpython_vm::protocol::PySequenceMethods;
use rustpython_vm::types::{AsSequence, GetAttr, Iterable, PyComparisonOp};
use rustpython_vm::{
    AsObject, FromArgs, Py, PyObjectRef, PyPayload, PyRef, PyResult, VirtualMachine, atomic_func,
    pyclass,
};

use crate::convert::{reduced_address, value_of};
use crate::host::Host;
use crate::output::{self, PyOutputState};
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

    /// Asks the builtin for something that only one kind of it has.
    fn ask<B: Builtin, T>(&self, work: impl FnOnce(&mut B) -> T) -> Option<T> {
        self.host.machine(|machine| {
            let runner = machine.builtins.get_mut(self.name)?;
            runner.downcast_mut::<B>().map(work)
        })
    }

    /// The attributes that a kind of builtins has of its own; `None` where it has no such.
    fn own_attribute(&self, name: &str, vm: &VirtualMachine) -> PyResult<Option<PyObjectRef>> {
        let int = |value: u64| Some(vm.ctx.new_int(value).into());
        let range_check = || self.ask(|builtin: &mut RangeCheck| *builtin);
        Ok(match (self.name, name) {
            (BuiltinName::RangeCheck | BuiltinName::RangeCheck96, "bound") => range_check()
                .map(|builtin| vm.ctx.new_int(BigInt::from(1) << builtin.bits()).into()),
            (BuiltinName::RangeCheck | BuiltinName::RangeCheck96, "n_parts") => {
                range_check().and_then(|builtin| int(builtin.parts().into()))
            }
            (BuiltinName::RangeCheck | BuiltinName::RangeCheck96, "inner_rc_bound") => int(1 << 16),
            (BuiltinName::Output, "pages") => match output::state(&self.host) {
                Some(state) => Some(state.pages(vm)?.into()),
                None => None,
            },
            (BuiltinName::Output, "attributes") => match output::state(&self.host) {
                Some(state) => Some(state.attributes(vm)?.into()),
                None => None,
            },
            (BuiltinName::Pedersen, "verified_addresses") => {
                Some(PyVerified { host: Rc::clone(&self.host) }.into_pyobject(vm))
            }
            (BuiltinName::Ecdsa, "signatures") => Some(self.signatures(vm)?.into()),
            (BuiltinName::AddMod | BuiltinName::MulMod, "instance_def") => {
                let batch = self.ask(|builtin: &mut Modulo| builtin.batch());
                let batch = batch.unwrap_or(1);
                Some(namespace(&[("word_bit_len", 96), ("n_words", 4), ("batch_size", batch)], vm)?)
            }
            (BuiltinName::Output, _) => None,
            (_, "cells_per_instance") => int(self.row().map_or(0, |row| row.cells_per_instance)),
            (_, "n_input_cells") => int(self.row().map_or(0, |row| row.input_cells)),
            (_, "instances_per_component") => {
                int(self.row().map_or(1, |row| row.instances_per_component))
            }
            _ => None,
        })
    }

    fn row(&self) -> Option<&'static Row> {
        row(self.name)
    }

    /// The signatures given so far, by the addresses of their public keys.
    fn signatures(&self, vm: &VirtualMachine) -> PyResult<PyDictRef> {
        let signatures = self.ask(|builtin: &mut Ecdsa| builtin.signatures().clone());
        let dict = vm.ctx.new_dict();
        for (address, signature) in signatures.into_iter().flatten() {
            let number = |part: &num_bigint::BigInt| {
                vm.ctx.new_int(BigInt::from_signed_bytes_le(&part.to_signed_bytes_le())).into()
            };
            let pair = vm.ctx.new_tuple(vec![number(&signature.r), number(&signature.s)]);
            dict.set_item(relocatable::new(address, vm).as_object(), pair.into(), vm)?;
        }
        Ok(dict)
    }

    fn no_method(&self, name: &str, vm: &VirtualMachine) -> PyBaseExceptionRef {
        let message = format!("the {} builtin's runner has no attribute '{name}'", self.name);
        vm.new_attribute_error(message)
    }
}

/// An object with these numbers as attributes.
fn namespace(numbers: &[(&'static str, u64)], vm: &VirtualMachine) -> PyResult {
    let made = PyNamespace {}.into_ref(&vm.ctx);
    for (name, number) in numbers {
        made.as_object().set_attr(*name, vm.ctx.new_int(*number), vm)?;
    }
    Ok(made.into())
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

    #[pygetset]
    fn stop_ptr(&self, vm: &VirtualMachine) -> PyObjectRef {
        // It is read at the end of a run.
        vm.ctx.none()
    }

    #[pymethod]
    fn get_state(&self, vm: &VirtualMachine) -> PyResult {
        let state = output::state(&self.host).filter(|_| self.name == BuiltinName::Output);
        state.map(|state| state.into_pyobject(vm)).ok_or_else(|| self.no_method("get_state", vm))
    }

    #[pymethod]
    fn set_state(&self, args: SetState, vm: &VirtualMachine) -> PyResult<()> {
        if self.name != BuiltinName::Output {
            return Err(self.no_method("set_state", vm));
        }
        args.state.restore();
        Ok(())
    }

    #[pymethod]
    fn new_state(&self, args: NewState, vm: &VirtualMachine) -> PyResult<()> {
        if self.name != BuiltinName::Output {
            return Err(self.no_method("new_state", vm));
        }
        let Some(base) = reduced_address(&args.base) else {
            return Err(
                vm.new_overflow_error(format!("The address {} is out of range.", *args.base))
            );
        };
        self.host.machine(|machine| {
            if let Some(runner) = machine.builtins.get_mut(BuiltinName::Output) {
                runner.new_output_state(base);
            }
        });
        Ok(())
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

/// The argument of `set_state`.
#[derive(FromArgs)]
struct SetState {
    #[pyarg(any)]
    state: PyRef<PyOutputState>,
}

/// The argument of `new_state`.
#[derive(FromArgs)]
struct NewState {
    #[pyarg(any)]
    base: PyRef<PyRelocatable>,
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
        if let Some(text) = name.to_str()
            && let Some(found) = zelf.own_attribute(text, vm)?
        {
            return Ok(found);
        }
        zelf.as_object().generic_getattr(name, vm)
    }
}

/// `verified_addresses` of the Pedersen builtin: the outputs that are not computed again.
#[pyclass(module = "builtins", name = "set")]
#[derive(Debug, PyPayload)]
pub(crate) struct PyVerified {
    host: Rc<Host>,
}

impl PyVerified {
    fn ask<T>(&self, work: impl FnOnce(Relocatable, &mut Pedersen) -> T) -> Option<T> {
        self.host.machine(|machine| {
            let runner = machine.builtins.get_mut(BuiltinName::Pedersen)?;
            let base = runner.base();
            runner.downcast_mut::<Pedersen>().map(|builtin| work(base, builtin))
        })
    }

    fn addresses(&self, vm: &VirtualMachine) -> Vec<PyObjectRef> {
        let found = self.ask(|base, builtin| {
            let cells = builtin.verified();
            let at = |offset: u64| Relocatable::new(base.segment, offset.cast_signed());
            cells.into_iter().map(at).collect::<Vec<_>>()
        });
        let object = |address| relocatable::new(address, vm).into();
        found.unwrap_or_default().into_iter().map(object).collect()
    }
}

#[pyclass(with(AsSequence, Iterable))]
impl PyVerified {
    /// Has the builtin take an output for its instance's hash. Other addresses mean nothing to it.
    #[pymethod]
    fn add(&self, address: PyObjectRef, vm: &VirtualMachine) -> PyResult<()> {
        address.hash(vm)?;
        let address =
            address.downcast_ref::<PyRelocatable>().and_then(|address| reduced_address(address));
        self.ask(|base, builtin| {
            if let Some(address) = address
                && address.segment == base.segment
                && let Ok(offset) = u64::try_from(address.offset)
            {
                builtin.trust(offset);
            }
        });
        Ok(())
    }
}

impl AsSequence for PyVerified {
    fn as_sequence() -> &'static PySequenceMethods {
        static METHODS: LazyLock<PySequenceMethods> = LazyLock::new(|| PySequenceMethods {
            length: atomic_func!(|sequence, _vm| {
                let verified = PyVerified::sequence_downcast(sequence);
                Ok(verified.ask(|_, builtin| builtin.verified().len()).unwrap_or(0))
            }),
            contains: atomic_func!(|sequence, address, vm| {
                let verified = PyVerified::sequence_downcast(sequence);
                for known in verified.addresses(vm) {
                    if known.rich_compare_bool(address, PyComparisonOp::Eq, vm)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }),
            ..PySequenceMethods::NOT_IMPLEMENTED
        });
        &METHODS
    }
}

impl Iterable for PyVerified {
    fn iter(zelf: PyRef<Self>, vm: &VirtualMachine) -> PyResult {
        let addresses = zelf.addresses(vm);
        Ok(vm.ctx.new_list(addresses).as_object().to_owned().get_iter(vm)?.into())
    }
}
