//! `ids` and what its attributes give: thin wrappers round [`cairo_zero_hints::Names`].

use std::cell::{Cell, OnceCell};
use std::rc::Rc;

use cairo_zero_core::Value;
use cairo_zero_hints::{
    Binding, Exception, ExceptionClass, Frame, Item, MemberKind, NameScope, Names, Struct,
};
use rustpython_vm::builtins::PyStr;
use rustpython_vm::common::lock::LazyLock;
use rustpython_vm::function::{PyArithmeticValue, PyComparisonValue, PySetterValue};
use rustpython_vm::protocol::PyMappingMethods;
use rustpython_vm::types::{AsMapping, Comparable, GetAttr, PyComparisonOp, SetAttr};
use rustpython_vm::{
    AsObject, Py, PyObject, PyObjectRef, PyPayload, PyResult, VirtualMachine, atomic_func, pyclass,
};

use crate::convert::object_of;
use crate::host::Host;
use crate::identifiers::{PyConstsContext, big};
use crate::memory::PyMemory;

/// What every object reached through one `ids` shares.
#[derive(Debug)]
pub(crate) struct Context {
    pub(crate) host: Rc<Host>,
    pub(crate) memory: Rc<PyMemory>,
    pub(crate) names: Rc<NamesRef>,
    /// The registers of the instruction that the hint runs before.
    pub(crate) frame: Cell<Frame>,
    /// Where that instruction is.
    pub(crate) pc: Cell<Value>,
}

/// Names with a `Debug` that prints nothing of them, and the identifiers of their program in Python.
pub(crate) struct NamesRef {
    pub(crate) names: Rc<Names>,
    pub(crate) identifiers: OnceCell<PyObjectRef>,
}

impl NamesRef {
    pub(crate) const fn new(names: Rc<Names>) -> Self {
        Self { names, identifiers: OnceCell::new() }
    }
}

impl std::fmt::Debug for NamesRef {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Names")
    }
}

impl Context {
    fn names(&self) -> &Names {
        &self.names.names
    }

    fn raise(
        &self,
        class: ExceptionClass,
        message: impl Into<String>,
        vm: &VirtualMachine,
    ) -> rustpython_vm::builtins::PyBaseExceptionRef {
        self.host.exception(&Exception::new(class, message), vm)
    }

    fn not_none(&self, value: &PyObject, vm: &VirtualMachine) -> PyResult<()> {
        if vm.is_none(value) {
            let message = "Setting a value to None is not allowed.";
            return Err(self.raise(ExceptionClass::AssertionError, message, vm));
        }
        Ok(())
    }

    fn structure(&self, name: &str, vm: &VirtualMachine) -> PyResult<Rc<Struct>> {
        self.host.check(self.names().structure(name), vm)
    }
}

/// Whether Python looks the name up without asking `ids`.
fn is_special(name: &Py<PyStr>) -> bool {
    name.as_bytes().starts_with(b"__")
}

fn deleted(object: &PyObject, name: &Py<PyStr>, vm: &VirtualMachine) -> PyResult<()> {
    let class = object.class().name().to_string();
    Err(vm.new_attribute_error(format!("'{class}' object has no attribute '{name}'")))
}

fn consts_context(context: &Rc<Context>, vm: &VirtualMachine) -> PyObjectRef {
    PyConstsContext::new(Rc::clone(context)).into_pyobject(vm)
}

/// `ids` itself, or a namespace, function or label under it.
#[pyclass(module = "starkware.cairo.lang.vm.vm_consts", name = "VmConsts")]
#[derive(Debug, PyPayload)]
pub(crate) struct PyIds {
    context: Rc<Context>,
    scope: Rc<NameScope>,
}

impl PyIds {
    pub(crate) const fn new(context: Rc<Context>, scope: Rc<NameScope>) -> Self {
        Self { context, scope }
    }

    /// Has it mean another run of its hint, unless something made from it is still about.
    pub(crate) fn move_to(&self, frame: Frame, pc: Value) -> bool {
        let alone = Rc::strong_count(&self.context) == 1;
        if alone {
            self.context.frame.set(frame);
            self.context.pc.set(pc);
        }
        alone
    }
}

#[pyclass(with(GetAttr, SetAttr))]
impl PyIds {}

impl GetAttr for PyIds {
    fn getattro(zelf: &Py<Self>, name: &Py<PyStr>, vm: &VirtualMachine) -> PyResult {
        let (Some(text), false) = (name.to_str(), is_special(name)) else {
            return zelf.as_object().generic_getattr(name, vm);
        };
        let context = &zelf.context;
        match text {
            "instruction_offset_" if let Some(offset) = zelf.scope.instruction_offset() => {
                return Ok(vm.ctx.new_int(offset).into());
            }
            "_path" => return Ok(vm.ctx.new_str(zelf.scope.path()).into()),
            "_context" => return Ok(consts_context(context, vm)),
            _ => {}
        }
        let binding = context.names().lookup(&zelf.scope, text);
        let item = context.host.machine(|machine| binding.read(context.frame.get(), machine));
        match context.host.check(item, vm)? {
            Item::Constant(value) => Ok(vm.ctx.new_int(big(&value)).into()),
            Item::Value(value) => Ok(object_of(value, vm)),
            Item::Pointer(structure, address) => {
                let address = object_of(address, vm);
                Ok(PyStructPointer { context: Rc::clone(context), structure, address }
                    .into_pyobject(vm))
            }
            Item::Struct(structure) => {
                Ok(PyStruct { context: Rc::clone(context), structure }.into_pyobject(vm))
            }
            Item::Scope(scope) => Ok(Self::new(Rc::clone(context), scope).into_pyobject(vm)),
        }
    }
}

impl SetAttr for PyIds {
    fn setattro(
        zelf: &Py<Self>,
        name: &Py<PyStr>,
        value: PySetterValue,
        vm: &VirtualMachine,
    ) -> PyResult<()> {
        let PySetterValue::Assign(value) = value else {
            return deleted(zelf.as_object(), name, vm);
        };
        let context = &zelf.context;
        context.not_none(&value, vm)?;
        let text = name.to_string_lossy();
        let binding: Rc<Binding> = context.names().lookup(&zelf.scope, &text);
        let address = context.host.machine(|machine| binding.address(context.frame.get(), machine));
        let address = object_of(context.host.check(address, vm)?, vm);
        context.memory.write(&address, &value, vm)
    }
}

/// A struct in memory: what `ids.p` gives for a `T` or a `T*`.
#[pyclass(module = "starkware.cairo.lang.vm.vm_consts", name = "VmConstsReference")]
#[derive(Debug, PyPayload)]
pub(crate) struct PyStructPointer {
    context: Rc<Context>,
    structure: Rc<Struct>,
    address: PyObjectRef,
}

#[pyclass(with(GetAttr, SetAttr, AsMapping))]
impl PyStructPointer {
    fn member(&self, name: &str, vm: &VirtualMachine) -> PyResult<(PyObjectRef, MemberKind)> {
        let member = self.structure.member(name);
        let member = self.context.host.check(member.cloned(), vm)?;
        let offset = vm.ctx.new_int(member.offset);
        Ok((vm._add(&self.address, offset.as_object())?, member.kind))
    }

    fn item(&self, index: &PyObject, vm: &VirtualMachine) -> PyResult {
        let size = vm.ctx.new_int(self.structure.size());
        let distance = vm._mul(index, size.as_object())?;
        let address = vm._add(&self.address, &distance)?;
        Ok(self.pointer(Rc::clone(&self.structure), address, vm))
    }

    fn pointer(
        &self,
        structure: Rc<Struct>,
        address: PyObjectRef,
        vm: &VirtualMachine,
    ) -> PyObjectRef {
        Self { context: Rc::clone(&self.context), structure, address }.into_pyobject(vm)
    }
}

impl GetAttr for PyStructPointer {
    fn getattro(zelf: &Py<Self>, name: &Py<PyStr>, vm: &VirtualMachine) -> PyResult {
        let (Some(text), false) = (name.to_str(), is_special(name)) else {
            return zelf.as_object().generic_getattr(name, vm);
        };
        let context = &zelf.context;
        match text {
            "address_" | "_reference_value" => return Ok(zelf.address.clone()),
            "_context" => return Ok(consts_context(context, vm)),
            "type_" => {
                let structure = Rc::clone(&zelf.structure);
                return Ok(PyStruct { context: Rc::clone(context), structure }.into_pyobject(vm));
            }
            _ => {}
        }
        let (cell, kind) = zelf.member(text, vm)?;
        match kind {
            MemberKind::Value => context.memory.read(&cell, vm),
            MemberKind::Struct(name) => Ok(zelf.pointer(context.structure(&name, vm)?, cell, vm)),
            MemberKind::Pointer(name) => {
                let address = context.memory.read(&cell, vm)?;
                Ok(zelf.pointer(context.structure(&name, vm)?, address, vm))
            }
            MemberKind::Unreadable => {
                let message = "Type must be of the form T*.";
                Err(context.raise(ExceptionClass::AssertionError, message, vm))
            }
        }
    }
}

impl SetAttr for PyStructPointer {
    fn setattro(
        zelf: &Py<Self>,
        name: &Py<PyStr>,
        value: PySetterValue,
        vm: &VirtualMachine,
    ) -> PyResult<()> {
        let PySetterValue::Assign(value) = value else {
            return deleted(zelf.as_object(), name, vm);
        };
        zelf.context.not_none(&value, vm)?;
        let (cell, _) = zelf.member(&name.to_string_lossy(), vm)?;
        zelf.context.memory.write(&cell, &value, vm)
    }
}

impl AsMapping for PyStructPointer {
    fn as_mapping() -> &'static PyMappingMethods {
        static METHODS: LazyLock<PyMappingMethods> = LazyLock::new(|| PyMappingMethods {
            subscript: atomic_func!(|mapping, index, vm| {
                PyStructPointer::mapping_downcast(mapping).item(index, vm)
            }),
            ..PyMappingMethods::NOT_IMPLEMENTED
        });
        &METHODS
    }
}

/// A struct's definition: `ids.Point`.
#[pyclass(module = "starkware.cairo.lang.vm.vm_consts", name = "VmConstsStruct", unhashable = true)]
#[derive(Debug, PyPayload)]
pub(crate) struct PyStruct {
    context: Rc<Context>,
    structure: Rc<Struct>,
}

#[pyclass(with(GetAttr, SetAttr, Comparable))]
impl PyStruct {}

impl GetAttr for PyStruct {
    fn getattro(zelf: &Py<Self>, name: &Py<PyStr>, vm: &VirtualMachine) -> PyResult {
        let (Some(text), false) = (name.to_str(), is_special(name)) else {
            return zelf.as_object().generic_getattr(name, vm);
        };
        match text {
            "SIZE" => return Ok(vm.ctx.new_int(zelf.structure.size()).into()),
            "_context" => return Ok(consts_context(&zelf.context, vm)),
            _ => {}
        }
        let member = zelf.structure.member(text);
        let member = zelf.context.host.check(member.cloned(), vm)?;
        Ok(vm.ctx.new_int(member.offset).into())
    }
}

impl SetAttr for PyStruct {
    fn setattro(
        zelf: &Py<Self>,
        name: &Py<PyStr>,
        value: PySetterValue,
        vm: &VirtualMachine,
    ) -> PyResult<()> {
        let PySetterValue::Assign(value) = value else {
            return deleted(zelf.as_object(), name, vm);
        };
        zelf.context.not_none(&value, vm)?;
        let message = "Cannot change the value of a constant.";
        Err(zelf.context.raise(ExceptionClass::AssertionError, message, vm))
    }
}

impl Comparable for PyStruct {
    fn cmp(
        zelf: &Py<Self>,
        other: &PyObject,
        op: PyComparisonOp,
        _vm: &VirtualMachine,
    ) -> PyResult<PyComparisonValue> {
        let equal = other.downcast_ref::<Self>().is_some_and(|other| {
            zelf.structure == other.structure && Rc::ptr_eq(&zelf.context, &other.context)
        });
        Ok(match op {
            PyComparisonOp::Eq => PyArithmeticValue::Implemented(equal),
            PyComparisonOp::Ne => PyArithmeticValue::Implemented(!equal),
            _ => PyArithmeticValue::NotImplemented,
        })
    }
}
