//! `memory`: the machine's memory as hints see it.
//!
//! There are two: the one in a hint's scope reduces what is written and has the builtins check it;
//! `segments.memory` does neither, and the former's methods besides `[…]` work on the latter, as in
//! `validated_memory_dict.py` of cairo-lang.

use std::rc::Rc;

use cairo_zero_core::Value;
use cairo_zero_hints::memory as access;
use cairo_zero_hints::{Exception, ExceptionClass};
use malachite_bigint::BigInt;
use num_traits::{Signed, ToPrimitive};
use rustpython_vm::builtins::{PyBaseExceptionRef, PyInt, PyIntRef, PyStr};
use rustpython_vm::common::lock::LazyLock;
use rustpython_vm::function::OptionalArg;
use rustpython_vm::protocol::{PyMappingMethods, PySequenceMethods};
use rustpython_vm::types::{AsMapping, AsSequence, GetAttr, Iterable};
use rustpython_vm::{
    AsObject, FromArgs, Py, PyObject, PyObjectRef, PyPayload, PyRef, PyResult, VirtualMachine,
    atomic_func, pyclass,
};

use crate::convert::{felt_of, object_of, reduced_address, type_name, value_of};
use crate::host::Host;
use crate::memory_data::PyMemoryData;
use crate::relocatable::{self, PyRelocatable};
use crate::rules;

/// The machine's memory in Python.
#[pyclass(module = "starkware.cairo.lang.vm.validated_memory_dict", name = "ValidatedMemoryDict")]
#[derive(Debug, PyPayload)]
pub(crate) struct PyMemory {
    host: Rc<Host>,
    checked: bool,
}

/// An address as far as the machine can have it.
enum Address {
    /// A cell that may exist.
    Cell(Value),
    /// A number or an address that no cell has.
    Nowhere,
}

impl PyMemory {
    /// The memory of hint scopes, or the unchecked one.
    pub(crate) const fn new(host: Rc<Host>, checked: bool) -> Self {
        Self { host, checked }
    }

    fn unknown(&self, address: &PyObject, vm: &VirtualMachine) -> PyBaseExceptionRef {
        let text = match address.str(vm) {
            Ok(text) => text.to_string_lossy().into_owned(),
            Err(error) => return error,
        };
        let message = format!("Unknown value for memory cell at address {text}.");
        self.host.exception(&Exception::new(ExceptionClass::UnknownMemoryError, message), vm)
    }

    /// Checks what is used as an address.
    fn address(object: &PyObject, vm: &VirtualMachine) -> PyResult<Address> {
        if let Some(address) = object.downcast_ref::<PyRelocatable>() {
            return Ok(match reduced_address(address) {
                Some(cell) if !address.offset.is_negative() => {
                    Address::Cell(Value::Relocatable(cell))
                }
                _ => Address::Nowhere,
            });
        }
        let Some(number) = object.downcast_ref::<PyInt>() else {
            let message = format!("Memory address must be an int, not {}.", type_name(object));
            return Err(key_error(message, vm));
        };
        if number.as_bigint().is_negative() {
            let message =
                format!("Memory address must be nonnegative. Got {}.", number.as_bigint());
            return Err(key_error(message, vm));
        }
        Ok(Address::Nowhere)
    }

    fn peek(&self, object: &PyObject, vm: &VirtualMachine) -> PyResult<Option<PyObjectRef>> {
        let found = match Self::address(object, vm)? {
            Address::Cell(cell) => self.host.machine(|machine| machine.load(cell)),
            Address::Nowhere => None,
        };
        Ok(found.map(|value| object_of(value, vm)))
    }

    /// `memory[address]`.
    pub(crate) fn read(&self, address: &PyObject, vm: &VirtualMachine) -> PyResult {
        self.peek(address, vm)?.ok_or_else(|| self.unknown(address, vm))
    }

    /// `memory[address] = value`.
    pub(crate) fn write(
        &self,
        address: &PyObject,
        value: &PyObject,
        vm: &VirtualMachine,
    ) -> PyResult<()> {
        let value = if self.checked { reduced(&self.host, value, vm)? } else { raw(value, vm)? };
        let cell = match address.downcast_ref::<PyRelocatable>() {
            None => match Self::address(address, vm)? {
                Address::Cell(cell) => cell,
                Address::Nowhere => Value::Felt(number(address)),
            },
            Some(address) if address.offset.is_negative() => {
                let message = format!(
                    "The offset of a relocatable value must be nonnegative. Found: {address}."
                );
                return Err(vm.new_value_error(message));
            }
            Some(address) => match reduced_address(address) {
                Some(cell) => Value::Relocatable(cell),
                None => {
                    let message = format!("The address {address} is out of range.");
                    return Err(vm.new_overflow_error(message));
                }
            },
        };
        if !self.checked {
            let stored = self.host.machine(|machine| access::store_unchecked(machine, cell, value));
            return self.host.check(stored, vm);
        }
        let stored = self.host.machine(|machine| {
            let address = access::store_unruled(machine, cell, value)?;
            Ok(machine.has_rules().then_some(address))
        });
        match self.host.check(stored, vm)? {
            Some(address) => rules::validate(&self.host, address, vm),
            None => Ok(()),
        }
    }

    fn address_of(addr: &PyObject, by: usize, vm: &VirtualMachine) -> PyResult {
        vm._add(addr, vm.ctx.new_int(by).as_object())
    }

    fn range(&self, range: &Range, vm: &VirtualMachine) -> PyResult<Vec<PyObjectRef>> {
        let size = range.size.as_bigint().to_usize().unwrap_or(0);
        if range.size.as_bigint().is_positive() && size == 0 {
            return Err(vm.new_overflow_error("The size of the range is out of range.".to_owned()));
        }
        let mut values = Vec::new();
        for at in 0..size {
            let address = Self::address_of(&range.addr, at, vm)?;
            values.push(self.read(&address, vm)?);
        }
        Ok(values)
    }

    fn cells(&self, vm: &VirtualMachine) -> Vec<(PyObjectRef, PyObjectRef)> {
        let cells: Vec<_> = self.host.machine(|machine| machine.memory.iter().collect());
        cells
            .into_iter()
            .map(|(address, value)| (relocatable::new(address, vm).into(), object_of(value, vm)))
            .collect()
    }
}

fn key_error(message: String, vm: &VirtualMachine) -> PyBaseExceptionRef {
    vm.new_key_error(vm.ctx.new_str(message).into())
}

fn number(object: &PyObject) -> cairo_zero_core::Felt {
    object.downcast_ref::<PyInt>().map(|int| felt_of(int.as_bigint())).unwrap_or_default()
}

/// `value % PRIME`, which has to be a number or an address.
pub(crate) fn reduced(host: &Host, object: &PyObject, vm: &VirtualMachine) -> PyResult<Value> {
    if let Some(value) = value_of(object, vm)? {
        return Ok(value);
    }
    let rest = vm._imod(object, host.prime(vm).as_object())?;
    raw(&rest, vm)
}

/// A value that is stored as it is.
fn raw(object: &PyObject, vm: &VirtualMachine) -> PyResult<Value> {
    match value_of(object, vm)? {
        None => {
            let found = type_name(object);
            Err(vm.new_value_error(format!("Memory value must be an int, not {found}.")))
        }
        Some(value) => match object.downcast_ref::<PyInt>() {
            Some(int) if int.as_bigint().is_negative() => {
                let found: &BigInt = int.as_bigint();
                Err(vm.new_value_error(format!("Memory value must be nonnegative. Got {found}.")))
            }
            _ => Ok(value),
        },
    }
}

/// The arguments of `get_range`.
#[derive(FromArgs)]
struct Range {
    #[pyarg(any)]
    addr: PyObjectRef,
    #[pyarg(any)]
    size: PyIntRef,
}

/// The arguments of `get`.
#[derive(FromArgs)]
struct Get {
    #[pyarg(any)]
    addr: PyObjectRef,
    #[pyarg(any, optional)]
    default_value: OptionalArg<PyObjectRef>,
}

/// The arguments of `setdefault`.
#[derive(FromArgs)]
struct SetDefault {
    #[pyarg(any)]
    key: PyObjectRef,
    #[pyarg(any, optional)]
    default: OptionalArg<PyObjectRef>,
}

/// The arguments of `add_relocation_rule`.
#[derive(FromArgs)]
struct Rule {
    #[pyarg(any)]
    src_ptr: PyObjectRef,
    #[pyarg(any)]
    dest_ptr: PyObjectRef,
}

#[pyclass(with(AsMapping, AsSequence, GetAttr, Iterable))]
impl PyMemory {
    #[pygetset]
    fn prime(&self, vm: &VirtualMachine) -> PyIntRef {
        self.host.prime(vm)
    }

    #[pygetset]
    fn data(&self, vm: &VirtualMachine) -> PyObjectRef {
        PyMemoryData::new(Rc::clone(&self.host)).into_pyobject(vm)
    }

    #[pymethod]
    fn relocate_value(&self, value: PyObjectRef, vm: &VirtualMachine) -> PyObjectRef {
        let address = value.downcast_ref::<PyRelocatable>().filter(|address| address.segment < 0);
        let moved = address.and_then(|address| {
            let address = reduced_address(address)?;
            Some(self.host.machine(|machine| machine.memory.moved(address)))
        });
        moved.map_or(value, |moved| object_of(moved, vm))
    }

    #[pymethod]
    fn get(&self, args: Get, vm: &VirtualMachine) -> PyResult {
        if args.addr.downcast_ref::<PyRelocatable>().is_some()
            && let Some(found) = self.peek(&args.addr, vm)?
        {
            return Ok(found);
        }
        Ok(args.default_value.unwrap_or_none(vm))
    }

    #[pymethod]
    fn get_range(&self, range: Range, vm: &VirtualMachine) -> PyResult<Vec<PyObjectRef>> {
        self.range(&range, vm)
    }

    #[pymethod]
    fn get_range_as_ints(&self, range: Range, vm: &VirtualMachine) -> PyResult<Vec<PyObjectRef>> {
        let values = self.range(&range, vm)?;
        if values.iter().all(|value| value.downcast_ref::<PyInt>().is_some()) {
            return Ok(values);
        }
        Err(self.host.exception(&Exception::new(ExceptionClass::AssertionError, ""), vm))
    }

    #[pymethod]
    fn setdefault(&self, args: SetDefault, vm: &VirtualMachine) -> PyResult {
        if let Some(found) = self.peek(&args.key, vm)? {
            return Ok(found);
        }
        let default = args.default.unwrap_or_none(vm);
        let unchecked = Self { host: Rc::clone(&self.host), checked: false };
        unchecked.write(&args.key, &default, vm)?;
        Ok(default)
    }

    #[pymethod]
    fn add_relocation_rule(&self, rule: Rule, vm: &VirtualMachine) -> PyResult<()> {
        let moved = |address: &PyRelocatable| {
            reduced_address(address).ok_or_else(|| {
                vm.new_overflow_error(format!("The address {address} is out of range."))
            })
        };
        let Some(source) = rule.src_ptr.downcast_ref::<PyRelocatable>() else {
            let class = rule.src_ptr.class().name().to_string();
            let text = format!("'{class}' object has no attribute 'segment_index'");
            return Err(vm.new_attribute_error(text));
        };
        let Some(target) = value_of(&rule.dest_ptr, vm)? else {
            let class = type_name(&rule.dest_ptr);
            let text = format!("A segment can't be moved to an object of type {class}.");
            return Err(vm.new_type_error(text));
        };
        let source = moved(source)?;
        let added = self.host.machine(|machine| machine.memory.add_relocation_rule(source, target));
        self.host.check(added.map_err(|error| access::memory_error(&error)), vm)
    }

    #[pymethod]
    fn items(&self, vm: &VirtualMachine) -> Vec<PyObjectRef> {
        let pair = |(address, value)| vm.ctx.new_tuple(vec![address, value]).into();
        self.cells(vm).into_iter().map(pair).collect()
    }

    #[pymethod]
    fn keys(&self, vm: &VirtualMachine) -> Vec<PyObjectRef> {
        self.cells(vm).into_iter().map(|(address, _)| address).collect()
    }

    #[pymethod]
    fn is_frozen(&self) -> bool {
        false
    }
}

impl GetAttr for PyMemory {
    fn getattro(zelf: &Py<Self>, name: &Py<PyStr>, vm: &VirtualMachine) -> PyResult {
        if zelf.checked && name.as_bytes() == b"add_validation_rule" {
            return zelf.host.machine_object(vm)?.get_attr("add_validation_rule", vm);
        }
        // The original looks further in the memory behind it, whose class an error names.
        zelf.as_object().generic_getattr_opt(name, None, vm)?.ok_or_else(|| {
            vm.new_attribute_error(format!("'MemoryDict' object has no attribute '{name}'"))
        })
    }
}

impl AsMapping for PyMemory {
    fn as_mapping() -> &'static PyMappingMethods {
        static METHODS: PyMappingMethods = PyMappingMethods {
            length: atomic_func!(|mapping, _vm| Ok(PyMemory::mapping_downcast(mapping)
                .host
                .machine(|machine| machine.memory.count() as usize))),
            subscript: atomic_func!(
                |mapping, address, vm| PyMemory::mapping_downcast(mapping).read(address, vm)
            ),
            ass_subscript: atomic_func!(|mapping, address, value, vm| {
                let memory = PyMemory::mapping_downcast(mapping);
                match value {
                    Some(value) => memory.write(address, &value, vm),
                    None => Err(vm.new_attribute_error("__delitem__".to_owned())),
                }
            }),
        };
        &METHODS
    }
}

impl AsSequence for PyMemory {
    fn as_sequence() -> &'static PySequenceMethods {
        static METHODS: LazyLock<PySequenceMethods> = LazyLock::new(|| PySequenceMethods {
            contains: atomic_func!(|sequence, address, vm| {
                let memory = PyMemory::sequence_downcast(sequence);
                match address.downcast_ref::<PyRelocatable>() {
                    Some(_) => Ok(memory.peek(address, vm)?.is_some()),
                    None => Ok(false),
                }
            }),
            ..PySequenceMethods::NOT_IMPLEMENTED
        });
        &METHODS
    }
}

impl Iterable for PyMemory {
    fn iter(zelf: PyRef<Self>, vm: &VirtualMachine) -> PyResult {
        let addresses = zelf.keys(vm);
        Ok(vm.ctx.new_list(addresses).as_object().to_owned().get_iter(vm)?.into())
    }
}
