//! `ModBuiltinRunner.fill_memory`: filling in circuits of the modulo builtins.

use std::rc::Rc;

use cairo_zero_builtins::{BuiltinError, BuiltinErrorKind, Circuit, ModuloError};
use cairo_zero_hints::{Exception, ExceptionClass, memory};
use rustpython_vm::builtins::{PyBaseExceptionRef, PyIntRef, PyTupleRef};
use rustpython_vm::{PyObjectRef, PyRef, PyResult, VirtualMachine};

use crate::convert::{felt_of, reduced_address};
use crate::host::Host;
use crate::relocatable::PyRelocatable;

/// The function that fills in the circuits of the run whose host this is. It takes, for additions
/// and for multiplications, `None` or the address of the first instance and the number of gates.
pub(crate) fn fill_memory(host: &Rc<Host>, vm: &VirtualMachine) -> PyObjectRef {
    let host = Rc::clone(host);
    let function = move |add: PyObjectRef, mul: PyObjectRef, vm: &VirtualMachine| {
        let (add, mul) = (circuit(add, vm)?, circuit(mul, vm)?);
        let filled = host.machine(|machine| {
            let cairo_zero_executor::Machine { memory, builtins, .. } = machine;
            builtins.fill_memory(memory, add, mul)
        });
        filled.map_err(|error| raised(&error, &host, vm))
    };
    vm.new_function("fill_memory", function).into()
}

fn circuit(given: PyObjectRef, vm: &VirtualMachine) -> PyResult<Option<Circuit>> {
    if vm.is_none(&given) {
        return Ok(None);
    }
    let given: PyTupleRef = given.try_into_value(vm)?;
    let [address, gates] = given.as_slice() else {
        return Err(vm.new_value_error("A circuit is an address and a number.".to_owned()));
    };
    let address: PyRef<PyRelocatable> = address.clone().try_into_value(vm)?;
    let gates: PyIntRef = gates.clone().try_into_value(vm)?;
    let instance = reduced_address(&address).ok_or_else(|| {
        vm.new_overflow_error(format!("The address {} is out of range.", *address))
    })?;
    Ok(Some(Circuit { instance, gates: felt_of(gates.as_bigint()) }))
}

/// The exception that the reference raises.
fn raised(error: &BuiltinError, host: &Host, vm: &VirtualMachine) -> PyBaseExceptionRef {
    let class = match error.kind() {
        BuiltinErrorKind::Memory(error) => {
            return host.exception(&memory::memory_error(error), vm);
        }
        BuiltinErrorKind::Modulo(ModuloError::ModuloByZero | ModuloError::DivisionByZero) => {
            return vm.new_zero_division_error(error.to_string());
        }
        BuiltinErrorKind::Modulo(ModuloError::Unfillable { .. }) => ExceptionClass::Exception,
        _ => ExceptionClass::AssertionError,
    };
    host.exception(&Exception::new(class, error.to_string()), vm)
}
