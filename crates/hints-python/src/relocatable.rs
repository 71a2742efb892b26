//! `RelocatableValue`: an address in Python, as `relocatable.py` of cairo-lang has it.
//!
//! It is a frozen dataclass there: two numbers of any size with Python's arithmetic on the offset.
//! Only memory reduces the offset modulo the prime.

use std::fmt;

use cairo_zero_core::Relocatable;
use malachite_bigint::BigInt;
use num_traits::Zero;
use rustpython_vm::builtins::{PyInt, PyIntRef, PyStr, PyStrRef, PyType};
use rustpython_vm::class::StaticType;
use rustpython_vm::common::hash::PyHash;
use rustpython_vm::function::{FuncArgs, PyArithmeticValue, PyComparisonValue, PySetterValue};
use rustpython_vm::protocol::PyNumberMethods;
use rustpython_vm::types::{
    AsNumber, Comparable, Constructor, Hashable, PyComparisonOp, Representable, SetAttr,
};
use rustpython_vm::{
    AsObject, Py, PyObject, PyObjectRef, PyPayload, PyRef, PyResult, VirtualMachine, pyclass,
};

use crate::convert::offset_of;

/// An address as Python sees it.
#[pyclass(module = "starkware.cairo.lang.vm.relocatable", name = "RelocatableValue")]
#[derive(Debug, Clone, PartialEq, Eq, PyPayload)]
pub(crate) struct PyRelocatable {
    pub(crate) segment: i64,
    pub(crate) offset: BigInt,
}

impl From<Relocatable> for PyRelocatable {
    fn from(address: Relocatable) -> Self {
        Self { segment: address.segment.into(), offset: offset_of(address) }
    }
}

impl fmt::Display for PyRelocatable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.segment, self.offset)
    }
}

/// The attribute of the class that holds the exception raised by assignments.
pub(crate) const FROZEN: &str = "_frozen_error";

impl Constructor for PyRelocatable {
    type Args = FuncArgs;

    fn py_new(_class: &Py<PyType>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<Self> {
        let part = |at: usize, name: &str| -> PyResult<PyIntRef> {
            let given = args.args.get(at).or_else(|| args.kwargs.get(name));
            let given = given.ok_or_else(|| {
                vm.new_type_error(format!(
                    "RelocatableValue.__init__() missing 1 required positional argument: '{name}'"
                ))
            })?;
            given.clone().try_into_value(vm)
        };
        let segment = part(0, "segment_index")?.try_to_primitive(vm)?;
        Ok(Self { segment, offset: part(1, "offset")?.as_bigint().clone() })
    }
}

#[pyclass(with(Constructor, AsNumber, Comparable, Hashable, Representable, SetAttr))]
impl PyRelocatable {
    #[pyattr(name = "SEGMENT_BITS")]
    fn segment_bits(ctx: &rustpython_vm::Context) -> PyIntRef {
        ctx.new_int(16)
    }

    #[pyattr(name = "OFFSET_BITS")]
    fn offset_bits(ctx: &rustpython_vm::Context) -> PyIntRef {
        ctx.new_int(47)
    }

    #[pygetset]
    fn segment_index(&self) -> i64 {
        self.segment
    }

    #[pygetset]
    fn offset(&self) -> BigInt {
        self.offset.clone()
    }

    #[pymethod]
    fn __str__(&self) -> String {
        self.to_string()
    }

    #[pymethod]
    fn __format__(&self, spec: PyStrRef, vm: &VirtualMachine) -> PyResult<PyStrRef> {
        let text = vm.ctx.new_str(self.to_string());
        vm.format(text.as_object(), spec)
    }

    #[pystaticmethod]
    fn to_felt_or_relocatable(value: PyObjectRef, vm: &VirtualMachine) -> PyResult {
        to_felt_or_relocatable(value, vm)
    }

    #[pystaticmethod]
    fn to_tuple(value: PyObjectRef, vm: &VirtualMachine) -> PyResult {
        if let Some(address) = value.downcast_ref::<Self>() {
            let parts = vec![
                vm.ctx.new_int(address.segment).into(),
                vm.ctx.new_bigint(&address.offset).into(),
            ];
            return Ok(vm.ctx.new_tuple(parts).into());
        }
        if value.downcast_ref::<PyInt>().is_some() {
            return Ok(vm.ctx.new_tuple(vec![value]).into());
        }
        let found = value.class().name().to_string();
        Err(vm.new_not_implemented_error(format!("Expected MaybeRelocatable, got: {found}.")))
    }
}

/// `to_felt_or_relocatable(value)`: addresses stay, everything else goes through `int()`.
pub(crate) fn to_felt_or_relocatable(value: PyObjectRef, vm: &VirtualMachine) -> PyResult {
    if value.downcast_ref::<PyRelocatable>().is_some() {
        return Ok(value);
    }
    if value.class().is(vm.ctx.types.int_type) {
        return Ok(value);
    }
    vm.ctx.types.int_type.to_owned().as_object().call((value,), vm)
}

fn assertion(message: String, vm: &VirtualMachine) -> rustpython_vm::builtins::PyBaseExceptionRef {
    vm.new_exception_msg(vm.ctx.exceptions.assertion_error.to_owned(), message.into())
}

fn made(segment: i64, offset: BigInt, vm: &VirtualMachine) -> PyObjectRef {
    PyRelocatable { segment, offset }.into_pyobject(vm)
}

fn add(a: &PyObject, b: &PyObject, vm: &VirtualMachine) -> PyResult {
    match (a.downcast_ref::<PyRelocatable>(), b.downcast_ref::<PyRelocatable>()) {
        (Some(a), Some(b)) => {
            Err(assertion(format!("Cannot add two relocatable values: {} + {}.", **a, **b), vm))
        }
        (Some(address), None) => match b.downcast_ref::<PyInt>() {
            Some(by) => Ok(made(address.segment, &address.offset + by.as_bigint(), vm)),
            None => Ok(vm.ctx.not_implemented()),
        },
        (None, Some(address)) => match a.downcast_ref::<PyInt>() {
            Some(by) => Ok(made(address.segment, &address.offset + by.as_bigint(), vm)),
            None => Ok(vm.ctx.not_implemented()),
        },
        (None, None) => Ok(vm.ctx.not_implemented()),
    }
}

fn subtract(a: &PyObject, b: &PyObject, vm: &VirtualMachine) -> PyResult {
    let Some(address) = a.downcast_ref::<PyRelocatable>() else {
        return Ok(vm.ctx.not_implemented());
    };
    if let Some(by) = b.downcast_ref::<PyInt>() {
        return Ok(made(address.segment, &address.offset - by.as_bigint(), vm));
    }
    let Some(other) = b.downcast_ref::<PyRelocatable>() else {
        // The original reads the other's segment without looking at its type.
        let name = b.class().name().to_string();
        let message = format!("'{name}' object has no attribute 'segment_index'");
        return Err(vm.new_attribute_error(message));
    };
    if address.segment != other.segment {
        let message = format!(
            "Can only subtract two relocatable values of the same segment ({} != {}).",
            address.segment, other.segment
        );
        return Err(assertion(message, vm));
    }
    Ok(vm.ctx.new_int(&address.offset - &other.offset).into())
}

fn remainder(a: &PyObject, b: &PyObject, vm: &VirtualMachine) -> PyResult {
    let Some(address) = a.downcast_ref::<PyRelocatable>() else {
        return Ok(vm.ctx.not_implemented());
    };
    let Some(modulus) = b.downcast_ref::<PyInt>() else {
        let offset = vm.ctx.new_bigint(&address.offset);
        let rest = vm._mod(offset.as_object(), b)?;
        return match rest.downcast_ref::<PyInt>() {
            Some(rest) => Ok(made(address.segment, rest.as_bigint().clone(), vm)),
            None => Ok(vm.ctx.not_implemented()),
        };
    };
    let modulus = modulus.as_bigint();
    if modulus.is_zero() {
        let message = "integer modulo by zero".to_owned();
        return Err(vm.new_zero_division_error(message));
    }
    let mut rest = &address.offset % modulus;
    if !rest.is_zero() && (rest < BigInt::zero()) != (*modulus < BigInt::zero()) {
        rest += modulus;
    }
    Ok(made(address.segment, rest, vm))
}

impl AsNumber for PyRelocatable {
    fn as_number() -> &'static PyNumberMethods {
        static METHODS: PyNumberMethods = PyNumberMethods {
            add: Some(add),
            subtract: Some(subtract),
            remainder: Some(remainder),
            ..PyNumberMethods::NOT_IMPLEMENTED
        };
        &METHODS
    }
}

impl Comparable for PyRelocatable {
    fn cmp(
        zelf: &Py<Self>,
        other: &PyObject,
        op: PyComparisonOp,
        vm: &VirtualMachine,
    ) -> PyResult<PyComparisonValue> {
        if let Some(other) = other.downcast_ref::<Self>() {
            let order = (zelf.segment, &zelf.offset).cmp(&(other.segment, &other.offset));
            return Ok(PyArithmeticValue::Implemented(op.eval_ord(order)));
        }
        if other.downcast_ref::<PyInt>().is_some() {
            // Numbers are smaller than all addresses.
            return Ok(PyArithmeticValue::Implemented(op.eval_ord(std::cmp::Ordering::Greater)));
        }
        // The original makes all orders from `<`, so that is what an error talks of.
        let smaller = || zelf.as_object().rich_compare_bool(other, PyComparisonOp::Lt, vm);
        Ok(PyArithmeticValue::Implemented(match op {
            PyComparisonOp::Le | PyComparisonOp::Gt => {
                let at_most = smaller()?
                    || zelf.as_object().rich_compare_bool(other, PyComparisonOp::Eq, vm)?;
                at_most == (op == PyComparisonOp::Le)
            }
            PyComparisonOp::Ge => !smaller()?,
            _ => return Ok(PyArithmeticValue::NotImplemented),
        }))
    }
}

impl Hashable for PyRelocatable {
    fn hash(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<PyHash> {
        let parts =
            vec![vm.ctx.new_int(zelf.segment).into(), vm.ctx.new_bigint(&zelf.offset).into()];
        vm.ctx.new_tuple(parts).as_object().hash(vm)
    }
}

impl Representable for PyRelocatable {
    fn repr_str(zelf: &Py<Self>, _vm: &VirtualMachine) -> PyResult<String> {
        let (segment, offset) = (zelf.segment, &zelf.offset);
        Ok(format!("RelocatableValue(segment_index={segment}, offset={offset})"))
    }
}

impl SetAttr for PyRelocatable {
    fn setattro(
        _zelf: &Py<Self>,
        name: &Py<PyStr>,
        value: PySetterValue,
        vm: &VirtualMachine,
    ) -> PyResult<()> {
        let verb = match value {
            PySetterValue::Assign(_) => "assign to",
            PySetterValue::Delete => "delete",
        };
        let message = format!("cannot {verb} field '{name}'");
        let class = Self::static_type().get_attr(vm.ctx.intern_str(FROZEN));
        match class.and_then(|class| class.downcast::<PyType>().ok()) {
            Some(class) => Err(vm.new_exception_msg(class, message.into())),
            None => Err(vm.new_attribute_error(message)),
        }
    }
}

/// A Python address for one of the machine's.
pub(crate) fn new(address: Relocatable, vm: &VirtualMachine) -> PyRef<PyRelocatable> {
    PyRelocatable::from(address).into_ref(&vm.ctx)
}
