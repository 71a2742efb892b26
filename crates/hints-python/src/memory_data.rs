//! `memory.data`: the cells as a dictionary, which hints use to take one back.
//!
//! Nothing is checked or reduced here, and a cell may be given another value or none. The machine
//! itself never does that.

use std::rc::Rc;

use cairo_zero_core::Relocatable;
use cairo_zero_hints::memory as access;
use num_traits::ToPrimitive;
use rustpython_vm::common::lock::LazyLock;
use rustpython_vm::function::OptionalArg;
use rustpython_vm::protocol::{PyMappingMethods, PySequenceMethods};
use rustpython_vm::types::{AsMapping, AsSequence, Iterable};
use rustpython_vm::{
    AsObject, PyObject, PyObjectRef, PyPayload, PyRef, PyResult, VirtualMachine, atomic_func,
    pyclass,
};

use crate::convert::{object_of, value_of};
use crate::host::Host;
use crate::relocatable::PyRelocatable;

/// The cells in Python, without relocation.
#[pyclass(module = "starkware.cairo.lang.vm.memory_dict_backend", name = "MemoryDictBackend")]
#[derive(Debug, PyPayload)]
pub(crate) struct PyMemoryData {
    host: Rc<Host>,
}

/// The cell that a key names, if it can name one.
fn cell(key: &PyObject, vm: &VirtualMachine) -> PyResult<Option<Relocatable>> {
    // Looking for what has no hash is a TypeError in any dictionary.
    key.hash(vm)?;
    Ok(key.downcast_ref::<PyRelocatable>().and_then(|address| {
        let segment = i32::try_from(address.segment).ok()?;
        let offset = address.offset.to_i64().filter(|offset| *offset >= 0)?;
        Some(Relocatable::new(segment, offset))
    }))
}

impl PyMemoryData {
    pub(crate) const fn new(host: Rc<Host>) -> Self {
        Self { host }
    }

    fn peek(&self, key: &PyObject, vm: &VirtualMachine) -> PyResult<Option<PyObjectRef>> {
        let Some(address) = cell(key, vm)? else {
            return Ok(None);
        };
        let value = self.host.machine(|machine| machine.memory.cell(address).value());
        Ok(value.map(|value| object_of(value, vm)))
    }

    fn read(&self, key: &PyObject, vm: &VirtualMachine) -> PyResult {
        self.peek(key, vm)?.ok_or_else(|| vm.new_key_error(key.to_owned()))
    }

    fn write(&self, key: &PyObject, value: &PyObject, vm: &VirtualMachine) -> PyResult<()> {
        let Some(address) = cell(key, vm)? else {
            return Err(vm.new_value_error("Only addresses have cells.".to_owned()));
        };
        let Some(value) = value_of(value, vm)? else {
            return Err(vm.new_value_error("Only numbers and addresses fit a cell.".to_owned()));
        };
        let stored = self.host.machine(|machine| {
            machine.erase(address);
            access::store_unchecked(machine, address.into(), value)
        });
        self.host.check(stored, vm)
    }

    fn remove(&self, key: &PyObject, vm: &VirtualMachine) -> PyResult {
        let found = self.read(key, vm)?;
        if let Some(address) = cell(key, vm)? {
            self.host.machine(|machine| machine.erase(address));
        }
        Ok(found)
    }

    fn cells(&self, vm: &VirtualMachine) -> Vec<(PyObjectRef, PyObjectRef)> {
        let cells: Vec<_> = self.host.machine(|machine| machine.memory.iter().collect());
        let object = |(address, value): (Relocatable, _)| {
            (object_of(address.into(), vm), object_of(value, vm))
        };
        cells.into_iter().map(object).collect()
    }
}

#[pyclass(with(AsMapping, AsSequence, Iterable))]
impl PyMemoryData {
    #[pymethod]
    fn get(
        &self,
        key: PyObjectRef,
        default: OptionalArg<PyObjectRef>,
        vm: &VirtualMachine,
    ) -> PyResult {
        Ok(self.peek(&key, vm)?.unwrap_or_else(|| default.unwrap_or_none(vm)))
    }

    #[pymethod]
    fn pop(
        &self,
        key: PyObjectRef,
        default: OptionalArg<PyObjectRef>,
        vm: &VirtualMachine,
    ) -> PyResult {
        match (self.peek(&key, vm)?, default) {
            (None, OptionalArg::Present(default)) => Ok(default),
            _ => self.remove(&key, vm),
        }
    }

    #[pymethod]
    fn setdefault(
        &self,
        key: PyObjectRef,
        default: OptionalArg<PyObjectRef>,
        vm: &VirtualMachine,
    ) -> PyResult {
        if let Some(found) = self.peek(&key, vm)? {
            return Ok(found);
        }
        let default = default.unwrap_or_none(vm);
        self.write(&key, &default, vm)?;
        Ok(default)
    }

    #[pymethod]
    fn keys(&self, vm: &VirtualMachine) -> Vec<PyObjectRef> {
        self.cells(vm).into_iter().map(|(address, _)| address).collect()
    }

    #[pymethod]
    fn values(&self, vm: &VirtualMachine) -> Vec<PyObjectRef> {
        self.cells(vm).into_iter().map(|(_, value)| value).collect()
    }

    #[pymethod]
    fn items(&self, vm: &VirtualMachine) -> Vec<PyObjectRef> {
        let pair = |(address, value)| vm.ctx.new_tuple(vec![address, value]).into();
        self.cells(vm).into_iter().map(pair).collect()
    }
}

impl AsMapping for PyMemoryData {
    fn as_mapping() -> &'static PyMappingMethods {
        static METHODS: PyMappingMethods = PyMappingMethods {
            length: atomic_func!(|mapping, _vm| Ok(PyMemoryData::mapping_downcast(mapping)
                .host
                .machine(|machine| machine.memory.count() as usize))),
            subscript: atomic_func!(
                |mapping, key, vm| PyMemoryData::mapping_downcast(mapping).read(key, vm)
            ),
            ass_subscript: atomic_func!(|mapping, key, value, vm| {
                let data = PyMemoryData::mapping_downcast(mapping);
                match value {
                    Some(value) => data.write(key, &value, vm),
                    None => data.remove(key, vm).map(drop),
                }
            }),
        };
        &METHODS
    }
}

impl AsSequence for PyMemoryData {
    fn as_sequence() -> &'static PySequenceMethods {
        static METHODS: LazyLock<PySequenceMethods> = LazyLock::new(|| PySequenceMethods {
            contains: atomic_func!(|sequence, key, vm| {
                Ok(PyMemoryData::sequence_downcast(sequence).peek(key, vm)?.is_some())
            }),
            ..PySequenceMethods::NOT_IMPLEMENTED
        });
        &METHODS
    }
}

impl Iterable for PyMemoryData {
    fn iter(zelf: PyRef<Self>, vm: &VirtualMachine) -> PyResult {
        let addresses = zelf.keys(vm);
        Ok(vm.ctx.new_list(addresses).as_object().to_owned().get_iter(vm)?.into())
    }
}
