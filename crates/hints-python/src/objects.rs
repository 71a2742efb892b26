//! Between Python's objects and those that native hints keep in a scope's variables.

use std::collections::HashMap;
use std::rc::Rc;

use cairo_zero_core::Relocatable;
use cairo_zero_hints::object::{DefaultValue, Dict, Object};
use cairo_zero_hints::{Import, Int};
use malachite_bigint::{BigInt, Sign};
use num_traits::ToPrimitive;
use rustpython_vm::builtins::{PyBytes, PyInt, PyStr};
use rustpython_vm::{AsObject, PyObject, PyObjectRef, PyPayload, PyResult, VirtualMachine};

use crate::dicts::{PyDictManager, PyDictTracker, PyTrackedDict};
use crate::host::Host;
use crate::relocatable::PyRelocatable;

/// Makes Python objects of native ones. What is shared there is shared here, as long as one
/// converter is used.
pub(crate) struct Converter<'a> {
    host: &'a Rc<Host>,
    /// Lists and dictionaries that have been made, by the address of the native one.
    made: HashMap<usize, PyObjectRef>,
}

impl<'a> Converter<'a> {
    pub(crate) fn new(host: &'a Rc<Host>) -> Self {
        Self { host, made: HashMap::new() }
    }

    /// The Python object.
    ///
    /// # Errors
    /// When an import fails.
    pub(crate) fn python_of(&mut self, object: &Object, vm: &VirtualMachine) -> PyResult {
        Ok(match object {
            Object::None => vm.ctx.none(),
            Object::Bool(bool) => vm.ctx.new_bool(*bool).into(),
            Object::Int(int) => int_object(int, vm),
            Object::Address(address) => PyRelocatable::from(*address).into_pyobject(vm),
            Object::Text(text) => vm.ctx.new_str(&**text).into(),
            Object::Bytes(bytes) => vm.ctx.new_bytes(bytes.to_vec()).into(),
            Object::ByteArray(bytes) => {
                let key = Rc::as_ptr(bytes).addr();
                if let Some(made) = self.made.get(&key) {
                    return Ok(made.clone());
                }
                let made: PyObjectRef = vm.ctx.new_bytearray(bytes.borrow().clone()).into();
                self.made.insert(key, made.clone());
                made
            }
            Object::List(list) => {
                let key = Rc::as_ptr(list).addr();
                if let Some(made) = self.made.get(&key) {
                    return Ok(made.clone());
                }
                let made = vm.ctx.new_list(Vec::new());
                self.made.insert(key, made.clone().into());
                let items = list.borrow().clone();
                for item in &items {
                    let item = self.python_of(item, vm)?;
                    made.borrow_vec_mut().push(item);
                }
                made.into()
            }
            Object::Tuple(items) => {
                let items: PyResult<Vec<_>> =
                    items.iter().map(|item| self.python_of(item, vm)).collect();
                vm.ctx.new_tuple(items?).into()
            }
            Object::Dict(dict) => {
                let key = Rc::as_ptr(dict).addr();
                if let Some(made) = self.made.get(&key) {
                    return Ok(made.clone());
                }
                let dict = dict.borrow().clone();
                let made = self.dict(&dict, vm)?;
                self.made.insert(key, made.clone());
                for (key, item) in &dict.items {
                    let key = self.python_of(&key.to_object(), vm)?;
                    let item = self.python_of(item, vm)?;
                    made.set_item(&*key, item, vm)?;
                }
                made
            }
            Object::Manager(manager) => {
                PyDictManager::new(Rc::clone(self.host), Rc::clone(manager)).into_pyobject(vm)
            }
            Object::Tracker(tracker) => {
                PyDictTracker::new(Rc::clone(self.host), Rc::clone(tracker)).into_pyobject(vm)
            }
            Object::Import(import) => imported(*import, vm)?,
            Object::Foreign(object) => match object.downcast_ref::<PyObjectRef>() {
                Some(object) => object.clone(),
                None => vm.ctx.none(),
            },
        })
    }

    /// An empty dictionary of the right kind.
    fn dict(&mut self, dict: &Dict, vm: &VirtualMachine) -> PyResult {
        let Some(default) = &dict.default else {
            return Ok(vm.ctx.new_dict().into());
        };
        let factory: PyObjectRef = match default {
            DefaultValue::NewList => vm.ctx.types.list_type.to_owned().into(),
            DefaultValue::Same(object) => {
                let object = self.python_of(object, vm)?;
                vm.new_function("<lambda>", move || object.clone()).into()
            }
        };
        attribute("collections", "defaultdict", vm)?.call((factory,), vm)
    }
}

/// What a known hint has imported.
pub(crate) fn imported(import: Import, vm: &VirtualMachine) -> PyResult {
    attribute(import.module(), import.name(), vm)
}

/// A module, or something in it.
fn attribute(module: &str, name: &str, vm: &VirtualMachine) -> PyResult {
    vm.import(vm.ctx.intern_str(module), 0)?;
    let modules = vm.sys_module.get_attr("modules", vm)?;
    let module = modules.get_item(module, vm)?;
    if name.is_empty() { Ok(module) } else { module.get_attr(vm.ctx.intern_str(name), vm) }
}

/// A number as Python's.
pub(crate) fn int_object(int: &Int, vm: &VirtualMachine) -> PyObjectRef {
    match int.to_i128() {
        Some(small) => vm.ctx.new_int(small).into(),
        None => {
            let big = int.to_big();
            let sign = if int.is_negative() { Sign::Minus } else { Sign::Plus };
            let digits: Vec<u32> = big.iter_u32_digits().collect();
            vm.ctx.new_int(BigInt::from_slice(sign, &digits)).into()
        }
    }
}

/// A number of Python's as ours.
pub(crate) fn int_of(int: &PyInt) -> Int {
    let big = int.as_bigint();
    if let Some(small) = big.to_i128() {
        return Int::from(small);
    }
    let sign = match big.sign() {
        Sign::Minus => num_bigint::Sign::Minus,
        Sign::NoSign => num_bigint::Sign::NoSign,
        Sign::Plus => num_bigint::Sign::Plus,
    };
    let digits: Vec<u32> = big.magnitude().to_u32_digits();
    Int::from(num_bigint::BigInt::from_slice(sign, &digits))
}

/// A Python object as native hints see it. Lists and dictionaries of Python's stay Python's.
pub(crate) fn of_python(object: &PyObject, vm: &VirtualMachine) -> Object {
    if let Some(int) = object.downcast_ref::<PyInt>() {
        if object.class().is(vm.ctx.types.bool_type) {
            return Object::Bool(int.as_bigint().sign() != Sign::NoSign);
        }
        if object.class().is(vm.ctx.types.int_type) {
            return Object::Int(int_of(int));
        }
    } else if vm.is_none(object) {
        return Object::None;
    } else if let Some(address) = object.downcast_ref::<PyRelocatable>() {
        if let (Ok(segment), Some(offset)) =
            (i32::try_from(address.segment), address.offset.to_i64())
        {
            return Object::Address(Relocatable::new(segment, offset));
        }
    } else if let Some(text) = object.downcast_ref::<PyStr>() {
        if object.class().is(vm.ctx.types.str_type)
            && let Some(text) = text.to_str()
        {
            return Object::Text(Rc::from(text));
        }
    } else if let Some(bytes) = object.downcast_ref::<PyBytes>() {
        return Object::Bytes(Rc::from(bytes.as_bytes()));
    } else if let Some(manager) = object.downcast_ref::<PyDictManager>() {
        return Object::Manager(manager.native());
    } else if let Some(tracker) = object.downcast_ref::<PyDictTracker>() {
        return Object::Tracker(tracker.native());
    } else if let Some(dict) = object.downcast_ref::<PyTrackedDict>() {
        return Object::Dict(dict.native());
    }
    Object::Foreign(Rc::new(object.to_owned()))
}
